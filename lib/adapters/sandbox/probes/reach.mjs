/**
 * Runs inside the sandbox as if it were the test suite and tries to get out. Argument: JSON with `port` and `abstract`
 * (listeners of the host), `secrets` (paths that must not be readable, but for the way to what is `meant` to be
 * seen), `locked` (paths that must not be writable), `filtered` (whether system calls are to be filtered).
 * Prints one JSON array of { name, contained, detail }. Opens for writing, never writes.
 */
import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { connect } from 'node:net'

const { port, abstract, secrets, meant, locked, filtered } = JSON.parse(process.argv[2])
const found = []
const probe = (name, contained, detail) => found.push({ name, contained, detail: String(detail) })

const dial = (options) =>
  new Promise((done) => {
    const socket = connect({ ...options, timeout: 500 })
    const end = (word) => {
      socket.destroy()
      done(word)
    }
    socket.on('connect', () => end('connected')).on('timeout', () => end('no answer'))
    socket.on('error', (error) => end(error.code))
  })
const datagram = () =>
  new Promise((done) => {
    const socket = createSocket('udp4')
    socket.send('x', 53, '198.51.100.1', (error) => {
      socket.close()
      done(error ? error.code : 'connected')
    })
  })
const attempt = (action) => {
  try {
    return action() ?? 'done'
  } catch (error) {
    return error.code ?? 'failed'
  }
}

const host = await dial({ host: '127.0.0.1', port })
probe('tcp host', host !== 'connected', host)
const abstractAnswer = await dial({ path: `\0${abstract}` })
probe('abstract unix socket', abstractAnswer === 'ECONNREFUSED', abstractAnswer)

// Where not even the host's own loopback is hidden there is no boundary, and nothing may be sent any further.
const outside = {
  'tcp outside': () => dial({ host: '198.51.100.1', port: 443 }),
  'tcp outside6': () => dial({ host: '2001:db8::1', port: 443 }),
  'tcp metadata': () => dial({ host: '169.254.169.254', port: 80 }),
  udp: datagram,
  dns: () =>
    lookup('example.com').then(
      () => 'connected',
      (error) => error.code,
    ),
}
for (const [name, attemptIt] of Object.entries(outside)) {
  const answer = host === 'connected' ? 'connected' : await attemptIt()
  probe(name, answer !== 'connected' && answer !== 'no answer', host === 'connected' ? 'not tried' : answer)
}

const allowed = /^(PATH|HOME|LANG|CI|TMPDIR|PWD|OLDPWD|SHLVL|_)$/
const leaked = []
const processes = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
for (const pid of processes) {
  const text = attempt(() => readFileSync(`/proc/${pid}/environ`, 'utf8'))
  for (const entry of text.split('\0').filter((line) => line.includes('='))) {
    const key = entry.split('=')[0]
    if (!allowed.test(key)) leaked.push(`${pid}:${key}`)
  }
}
probe('environment', leaked.length === 0, leaked.length === 0 ? 'nothing but our own' : leaked.slice(0, 5).join(' '))
probe('processes', processes.length < 6, `${processes.length} visible`)

const strangers = (folder) =>
  readdirSync(folder).filter((name) => !meant.some((path) => `${path}/`.startsWith(`${folder}/${name}/`)))
const seen = secrets.filter(
  (path) =>
    attempt(
      () => (statSync(path).isDirectory() ? strangers(path).join() : readFileSync(path, 'utf8')) || 'EMPTY',
    ).match(/^(ENOENT|EACCES|EPERM|ENOTDIR|EMPTY)$/) === null,
)
probe('host files', seen.length === 0, seen.length === 0 ? `${secrets.length} paths, none readable` : seen.join(' '))

const opened = locked.filter((path) => attempt(() => closeSync(openSync(path, 'r+'))) === 'done')
probe(
  'host writes',
  opened.length === 0,
  opened.length === 0 ? `${locked.length} paths, none writable` : opened.join(' '),
)

const target = (fd) => attempt(() => readlinkSync(`/proc/self/fd/${fd}`))
// The three that every program is given are none that leaked.
const given = [0, 1, 2].map(target)
const held = readdirSync('/proc/self/fd')
  .map(target)
  .filter((path) => !given.includes(path))
const foreign = held.filter((target) => /^(\/(?!dev\/|proc\/|nightshift\/|opt\/)|pipe:)/.test(target))
probe('inherited descriptors', foreign.length <= ownPipes(held), `${held.length} open`)
function ownPipes(targets) {
  // libuv wakes its own loops through pipes; each of those is held twice, at both ends.
  const pipes = targets.filter((target) => target.startsWith('pipe:'))
  return pipes.filter((target) => pipes.indexOf(target) !== pipes.lastIndexOf(target)).length
}

const status = readFileSync('/proc/self/status', 'utf8')
const capabilities = /^CapEff:\s+0+$/m.test(status) && /^CapBnd:\s+0+$/m.test(status)
probe('capabilities', capabilities && /^NoNewPrivs:\s+1$/m.test(status), /^CapEff:.*$/m.exec(status)?.[0])
probe('system calls', !filtered || /^Seccomp:\s+2$/m.test(status), /^Seccomp:.*$/m.exec(status)?.[0])
const nested = spawnSync('unshare', ['-Ur', 'true'])
probe('nested user namespace', nested.status !== null && nested.status !== 0, `unshare ended with ${nested.status}`)

process.stdout.write(JSON.stringify(found))
