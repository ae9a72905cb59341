/**
 * Runs inside the sandbox and does one kind of harm. Arguments: the kind, and its one parameter. Prints `begun` first,
 * so that a program that never started cannot pass for one that was contained, and a count where there is one.
 */
import { spawn } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'

const [kind, parameter] = process.argv.slice(2)
const MIB = 1024 ** 2
const say = (line) => process.stdout.write(`${line}\n`)
say('begun')

const kinds = {
  loop() {
    for (;;);
  },
  memory() {
    const held = []
    for (let taken = 0; taken < Number(parameter); taken += 16) held.push(Buffer.alloc(16 * MIB, 1))
    say(`took ${held.length * 16}`)
  },
  async forks() {
    let made = 0
    for (let index = 0; index < Number(parameter); index++) {
      const child = spawn('/bin/sleep', ['30'], { stdio: 'ignore' })
      child.on('error', () => undefined)
      child.on('spawn', () => {
        made += 1
      })
    }
    await new Promise((done) => setTimeout(done, 200))
    say(`made ${made}`)
    process.exit(0)
  },
  flood() {
    const block = 'x'.repeat(64 * 1024)
    const more = () => process.stdout.write(block, more)
    more()
  },
  files() {
    for (const folder of parameter.split(',')) {
      let written = 0
      try {
        for (; written < 256; written++) writeFileSync(`${folder}/fill-${written}`, Buffer.alloc(MIB))
      } catch (error) {
        say(`${folder} ${written} ${error.code}`)
        continue
      }
      say(`${folder} ${written} unbounded`)
    }
  },
  survivor() {
    spawn('/bin/sleep', [parameter], { detached: true, stdio: 'ignore' }).unref()
    say('left one behind')
  },
  links() {
    symlinkSync(parameter, '/workspace/leak')
    symlinkSync(parameter.slice(0, parameter.lastIndexOf('/')), '/workspace/folder')
    say('planted')
  },
}
await kinds[kind]()
