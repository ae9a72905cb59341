import { expect, it } from 'vitest'
import type { Stack } from '../../cli/stack.ts'
import { parseStart, welcome } from '../../cli/start.ts'

it.each([
  [[], { help: false, empty: false, emulated: false, port: 3000, faults: undefined }],
  [['--emulated'], { help: false, empty: false, emulated: true, port: 3000, faults: undefined }],
  [['--empty'], { help: false, empty: true, emulated: false, port: 3000, faults: undefined }],
  [['--port', '8080'], { help: false, empty: false, emulated: false, port: 8080, faults: undefined }],
  [['--port=65535', '--empty'], { help: false, empty: true, emulated: false, port: 65535, faults: undefined }],
  [['--faults', 'all'], { help: false, empty: false, emulated: false, port: 3000, faults: 'all' }],
  [['--faults=launch,slow'], { help: false, empty: false, emulated: false, port: 3000, faults: 'launch,slow' }],
  [['--help'], { help: true }],
  [['-h'], { help: true }],
])('reads %j', (argv, asked) => {
  expect(parseStart(argv)).toEqual(asked)
})

it.each([[['--port', 'x']], [['--port', '0']], [['--port', '65536']], [['--port', '3.5']]])(
  'refuses %j in words',
  (argv) => {
    expect(() => parseStart(argv)).toThrow('--port wants a number from 1 to 65535')
  },
)

it('refuses to emulate what there is none of', () => {
  expect(() => parseStart(['--empty', '--emulated'])).toThrow('--emulated is about the sample app')
})

it.each([[['--faults', 'lunch']], [['--faults', 'launch,']]])('refuses %j in words', (argv) => {
  expect(() => parseStart(argv)).toThrow('The sample has no fault named')
})

it.each([[['--prot', '3000']], [['something']]])('refuses %j', (argv) => {
  expect(() => parseStart(argv)).toThrow()
})

const stack = (sample: Partial<Stack>['sample']) =>
  ({ url: 'http://localhost:3000', secrets: { ownerPassword: 'aaaa-bbbb-cccc-dddd' }, sample }) as Stack

it('welcomes with the address, the password, what to watch and what new projects begin with', () => {
  const text = welcome(
    stack({ project: 1, repository: '/r', production: 'http://127.0.0.1:3001', staging: 'http://127.0.0.1:3002' }),
  )
  expect(text).toContain('http://localhost:3000/dashboard/agent-control and sign in with aaaa-bbbb-cccc-dddd')
  expect(text).toContain('production http://127.0.0.1:3001   staging http://127.0.0.1:3002')
  expect(text).toContain('level 2, at any hour, with a soak of 20 s and a watch of 30 s')
  expect(text).toContain('bin/nightshift status, show 1, report')
  expect(text).toMatch(/New projects start at level 1 .*nine to six London time.*10 and watch for 30 minutes/)
})

it('does not speak of a sample where there is none', () => {
  expect(welcome(stack(null))).not.toContain('clinic')
})
