import { createRoot } from 'react-dom/client'
import { App } from './App'
import { startWindow } from './commands/lifecycle'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
const { version, recent } = await startWindow()
createRoot(root).render(<App version={version} recent={recent} />)
