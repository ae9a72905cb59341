/**
 * Runs inside the sandbox during an install: listens on loopback, hands every connection to the registry's unix
 * socket, and runs the install command. Arguments: socket, port, command. Ends with the command's status.
 */
import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'

const [socket, port, command] = process.argv.slice(2)

const server = createServer((near) => {
  const far = connect(socket)
  near.on('error', () => far.destroy())
  far.on('error', () => near.destroy())
  near.pipe(far).pipe(near)
})

server.listen(Number(port), '127.0.0.1', () => {
  const child = spawn('/bin/sh', ['-c', command], { stdio: 'inherit' })
  child.on('close', (code, signal) => process.exit(signal ? 1 : code))
})
