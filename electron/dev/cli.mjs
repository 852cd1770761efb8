import { ensurePackages, runScript } from './bootstrap.mjs'

ensurePackages()
runScript('electron/cli/main.ts', process.argv.slice(2))
