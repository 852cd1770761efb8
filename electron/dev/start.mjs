import { ensurePackages, runScript } from './bootstrap.mjs'

ensurePackages()
runScript('electron/dev/start.ts', process.argv.slice(2))
