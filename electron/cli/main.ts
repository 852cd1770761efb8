import { runInApp } from './inApp'
import { runCommandLine } from './runCommandLine'
import { systemTerminal } from './terminal'

// npm runs scripts in the project's folder; what the user wrote counts from where the user is.
const folder = process.env.INIT_CWD ?? process.cwd()
const root = process.env.EARMARK_ROOT
const terminal = systemTerminal(folder, process.env.npm_package_version ?? '0.1.0', {
  decodeInWindow: null,
  runInApp: root === undefined ? null : (args) => runInApp(root, folder, args),
})
void runCommandLine(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code
})
