import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { App } from './App'
import { startWindow } from './commands/lifecycle'

// Compiled validators would need eval, which the page's policy forbids.
z.config({ jitless: true })

const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
const { version, recent } = await startWindow()
createRoot(root).render(<App version={version} recent={recent} />)
