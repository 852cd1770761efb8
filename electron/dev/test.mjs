import { ensurePackages, runScript } from './bootstrap.mjs'

ensurePackages()
runScript('electron/dev/test.ts', process.argv.slice(2))
