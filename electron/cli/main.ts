import { runCommandLine } from './runCommandLine'
import { systemTerminal } from './terminal'

// npm runs scripts in the project's folder; what the user wrote counts from where the user is.
const terminal = systemTerminal(
  process.env.INIT_CWD ?? process.cwd(),
  process.env.npm_package_version ?? '0.1.0',
)
void runCommandLine(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code
})
