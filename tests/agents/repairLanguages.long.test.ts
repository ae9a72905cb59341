import { expect, test } from 'vitest'
import { repairEvent } from '../../agents/repair/event.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import type { Model } from '../../lib/world.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { groundWith } from './greeter.ts'
import { saying, text } from './model/bench.ts'

/** Written tests in other languages and runners: an SDK’s event and a runner’s failure are told to be the same, or not. */

const sandbox = testedSandbox()
const quiet = () => undefined

interface Language {
  files: Record<string, string>
  command: string
  at: { filename: string; function: string; lineno: number; context_line: string }
  error: { type: string; value: string }
  path: string
  /** What leads there, and what only says the same. */
  shows: string
  throws: string
}

const PYTHON: Language = {
  files: {
    'shop/__init__.py': '',
    'shop/greet.py': 'USERS = {"ada": "Ada"}\n\n\ndef greet(name):\n    return "hello " + USERS[name]\n',
    'tests/test_greet.py':
      'from shop.greet import greet\n\n\ndef test_greets():\n    assert greet("ada") == "hello Ada"\n',
  },
  command: 'python3 -m pytest -p no:cacheprovider',
  at: {
    ...{ filename: 'shop/greet.py', function: 'greet', lineno: 5 },
    context_line: '    return "hello " + USERS[name]',
  },
  error: { type: 'KeyError', value: "'bob'" },
  path: 'tests/test_unknown.py',
  shows: 'from shop.greet import greet\n\n\ndef test_unknown():\n    assert greet("zoe") == "hello you"\n',
  throws: 'def test_unknown():\n    raise KeyError("bob")\n',
}

const GO: Language = {
  files: {
    'go.mod': 'module shop\n\ngo 1.19\n',
    'greet.go':
      'package shop\n\nvar names = []string{"Ada"}\n\nfunc Greet(at int) string {\n\tname := names[at]\n\treturn "hello " + name\n}\n',
    'greet_test.go':
      'package shop\n\nimport "testing"\n\nfunc TestGreets(t *testing.T) {\n\tif Greet(0) != "hello Ada" {\n\t\tt.Fatal("no")\n\t}\n}\n',
  },
  command: 'go test ./...',
  at: { filename: '/srv/shop/greet.go', function: 'Greet', lineno: 6, context_line: '\tname := names[at]' },
  error: { type: 'runtime.boundsError', value: 'runtime error: index out of range [7] with length 1' },
  path: 'unknown_test.go',
  shows: 'package shop\n\nimport "testing"\n\nfunc TestUnknown(t *testing.T) {\n\tGreet(3)\n}\n',
  throws:
    'package shop\n\nimport "testing"\n\nfunc TestUnknown(t *testing.T) {\n\tpanic("runtime error: index out of range [7] with length 1")\n}\n',
}

function asked({ files, command, at, error }: Language, model: Model) {
  const values = [{ ...error, stacktrace: { frames: [{ ...at, in_app: true }] } }]
  const read = errorEventOf({ exception: { values } }, '2026-11-20T00:00:00Z', 'e', new Set(Object.keys(files)))
  if (!read.ok) throw new Error(read.why)
  const run = { command, env: {}, wallMs: 120_000, services: [] }
  const ground = { ...groundWith(sandbox(), files, model), command: run, attempts: 1, searchMs: 0 }
  const event = {
    ...read.event,
    failure: { ...read.event.failure, frames: named(read.event.failure.frames, at.filename) },
  }
  return repairEvent(ground, event, quiet)
}

/** A file at the root is recognised by whoever reads an event with its checkout; here it is named outright. */
const named = <T extends { path: string | null }>(frames: T[], file: string): T[] =>
  frames.map((frame) => ({ ...frame, path: frame.path ?? file.replace('/srv/shop/', '') }))

test.each<[name: string, language: Language]>([
  ['Python', PYTHON],
  ['Go', GO],
])('%s: a test that leads there shows it, one that throws the same does not', async (_, language) => {
  const write = (source: string) => text({ tests: [{ path: language.path, text: source }], explanation: 'x' })
  const shown = await asked(language, saying([write(language.shows), 'over-budget']))
  expect({ why: shown.untaken, path: shown.written?.test.path }).toEqual({ why: [], path: language.path })
  const thrown = await asked(language, saying([write(language.throws), 'over-budget']))
  expect(thrown).toMatchObject({ written: null, untaken: [{ end: 'otherwise' }] })
})
