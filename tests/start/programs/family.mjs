import { spawn } from 'node:child_process'

// A program with a child of its own, as servers have: prints both pids; `deaf` ignores SIGTERM; `soon` ends by itself.
const manner = process.argv[2]
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
if (manner === 'deaf') process.on('SIGTERM', () => console.log('heard SIGTERM'))
console.log(`pids ${process.pid} ${child.pid}`)
console.error('a word on stderr')
if (manner === 'soon') setTimeout(() => process.exit(3), 50)
setInterval(() => undefined, 1000)
