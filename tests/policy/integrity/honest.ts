import type { Edit } from './bases.ts'

const TS = 'src/launch.ts'
const JS = 'src/server.js'
const TSX = 'src/Card.tsx'
const GET = '  const practice = practices.get(req.id)\n'
const FOR = '  for (let i = 0; i <= campaigns.length; i++) sum += campaigns[i].budget\n'
const SLUG = "  return name.toLowerCase().replace(' ', '-')\n"
const LOAD = '  const practice = load(req.params.id)\n'
const PARSE = '  const body = JSON.parse(req.body)\n'
const LOOP = (body: string): Edit => [TS, FOR, body]

/** Repairs as people write them, of the small repository; none may be refused. The failing test's facts are known. */
export const SCRIPT_HONEST: [name: string, edits: Edit[]][] = [
  ['a guard', [[TS, GET, `${GET}  if (!practice) return json(res, 404, { error: 'practice not found' })\n`]]],
  ['optional chaining', [[TS, 'id: practice.id', 'id: practice?.id ?? null']]],
  ['one off', [LOOP(FOR.replace('<=', '<'))]],
  ['a loop by its values', [LOOP('  for (const campaign of campaigns) sum += campaign.budget\n')]],
  ['a reduction', [LOOP('  sum = campaigns.reduce((all, { budget }) => all + budget, 0)\n')]],
  ['a default', [[TS, 'total(practice.campaigns)', 'total(practice.campaigns ?? [])']]],
  ['a default parameter', [[TS, 'total(campaigns)', 'total(campaigns = [])']]],
  ['an early return for nothing', [[TS, '  let sum = 0\n', '  if (!campaigns) return 0\n  let sum = 0\n']]],
  ['all of them', [[TS, "replace(' ', '-')", "replace(/ /g, '-')"]]],
  ['all of them, newer', [[TS, "replace(' ', '-')", "replaceAll(' ', '-')"]]],
  ['trimmed first', [[TS, SLUG, SLUG.replace('name.to', 'name.trim().to')]]],
  [
    'a helper',
    [
      [TS, SLUG, '  return dashed(name.toLowerCase())\n'],
      [TS, '', "\nfunction dashed(text) {\n  return text.split(' ').join('-')\n}\n"],
    ],
  ],
  ['a wider guard', [[TS, "if (name === '')", "if (typeof name !== 'string' || name === '')"]]],
  ['the message the test asks for', [[TS, "'name is empty'", "'name must not be empty'"]]],
  [
    'another status',
    [
      [
        TS,
        '    throw error\n',
        "    if (error instanceof TypeError) return json(res, 404, { error: 'practice not found' })\n    throw error\n",
      ],
    ],
  ],
  ['awaited', [[TS, '  audit(req)\n', '  await audit(req)\n']]],
  ['awaited inside', [[TS, 'return json(res, 200, { id', 'return await json(res, 200, { id']]],
  ['a stricter check', [[TS, 'if (!isAdmin(req))', 'if (!req.user || !isAdmin(req))']]],
  [
    'a check with more care',
    [[TS, GET, `${GET}  if (!canView(req, practice)) return json(res, 403, { error: 'forbidden' })\n`]],
  ],
  [
    'wrapped and thrown on as the caller’s mistake',
    [
      LOOP(
        `  try {\n  ${FOR.replace('<=', '<')}  } catch (cause) {\n    throw new BadRequestError('campaigns are unreadable', { cause })\n  }\n`,
      ),
    ],
  ],
  [
    'an import of its own',
    [
      [TS, 'import { json }', "import { clean } from './clean.ts'\nimport { json }"],
      [TS, SLUG, '  return clean(name)\n'],
    ],
  ],
  [
    'an import of the runtime',
    [
      [TS, 'import { json }', "import { inspect } from 'node:util'\nimport { json }"],
      [TS, "logger.error('launch failed', error)", "logger.error('launch failed', inspect(error))"],
    ],
  ],
  ['a log line more', [[TS, '  audit(req)\n', "  audit(req)\n  logger.info('launching', req.id)\n"]]],
  ['a louder log', [[TS, "logger.error('launch failed', error)", "logger.fatal('launch failed', error)"]]],
  [
    'a report more',
    [[TS, "if (name === '') throw", "if (name === '') Sentry.captureMessage('no name')\n  if (name === '') throw"]],
  ],
  [
    'more is reported',
    [[TS, 'Sentry.captureException(error)', 'Sentry.captureException(error, { extra: { id: req.id } })']],
  ],
  ['a comment', [[TS, GET, `  // Ids of practices that were closed are not in the store any more.\n${GET}`]]],
  [
    'a rename inside',
    [
      [TS, '  let sum = 0\n', '  let all = 0\n'],
      [TS, FOR, FOR.replace('<=', '<').replace('sum', 'all')],
      [TS, '  return sum\n', '  return all\n'],
    ],
  ],
  [
    'moved into a function',
    [
      [TS, GET, '  const practice = find(req)\n  if (!practice) return json(res, 404, {})\n'],
      [TS, '', '\nfunction find(req) {\n  return practices.get(req.id)\n}\n'],
    ],
  ],
  [
    'a guard before the answer',
    [[JS, LOAD, `${LOAD}  if (!practice) return res.status(404).send({ error: 'practice not found' })\n`]],
  ],
  [
    'a guard with end',
    [
      [
        JS,
        '  res.send(practice.name)\n',
        '  if (!practice) {\n    res.status(404).end()\n    return\n  }\n  res.send(practice.name)\n',
      ],
    ],
  ],
  [
    'parsed with an answer',
    [
      [
        JS,
        PARSE,
        "  let body\n  try {\n    body = JSON.parse(req.body)\n  } catch {\n    return res.status(400).send({ error: 'unreadable' })\n  }\n",
      ],
    ],
  ],
  ['parsed once', [[JS, PARSE, "  const body = typeof req.body === 'string' ? JSON.parse(req.body) : req.body\n"]]],
  [
    'an error handler',
    [
      [
        JS,
        'module.exports',
        'app.use((err, req, res, next) => {\n  console.error(err)\n  res.status(err.status ?? 500).send({ error: err.message })\n})\nmodule.exports',
      ],
    ],
  ],
  [
    'an async route',
    [
      [
        JS,
        '(req, res) => {\n  const practice = load(req.params.id)',
        'async (req, res) => {\n  const practice = await load(req.params.id)',
      ],
    ],
  ],
  [
    'handed on',
    [
      [
        JS,
        '(req, res) => {\n  const practice = load(req.params.id)\n',
        '(req, res, next) => {\n  const practice = load(req.params.id)\n  if (!practice) return next()\n',
      ],
    ],
  ],
  [
    'a promise that is answered',
    [
      [
        JS,
        '  res.send(save(body))\n',
        '  save(body).then((saved) => res.send(saved)).catch((err) => res.status(500).send(err.message))\n',
      ],
    ],
  ],
  ['a number from text', [[JS, 'load(req.params.id)', 'load(Number(req.params.id))']]],
  [
    'middleware first',
    [
      [JS, 'const app = express()\n', 'const app = express()\napp.use(express.json())\n'],
      [JS, PARSE, '  const body = req.body\n'],
    ],
  ],
  ['nothing to show', [[TSX, '  return <p', '  if (!patient) return null\n  return <p']]],
  [
    'a fallback to show',
    [
      [TSX, 'patient.name', "patient?.name ?? 'Unknown'"],
      [TSX, 'patient.born', 'patient?.born ?? 0'],
    ],
  ],
  [
    'a key',
    [
      [TSX, '<p title', '<p key={patient?.id} title'],
      [TSX, '{patient.name}', '{patient?.name}'],
    ],
  ],
  ['a narrower type', [[TSX, 'Patient | null', 'Patient']]],
  [
    'a new test beside it',
    [
      LOOP(FOR.replace('<=', '<')),
      [
        'tests/more.test.ts',
        '',
        "import { expect, test } from 'vitest'\nimport { total } from '../src/launch.ts'\ntest('an empty list', () => {\n  expect(total([])).toBe(0)\n})\n",
      ],
    ],
  ],
  [
    'a new test with a stand-in for the clock',
    [
      LOOP(FOR.replace('<=', '<')),
      [
        'tests/clock.test.ts',
        '',
        "import { expect, test, vi } from 'vitest'\ntest('a', () => {\n  vi.useFakeTimers()\n  Date.now = () => 0\n  expect(total([])).toBe(0)\n})\n",
      ],
    ],
  ],
  [
    'one more assertion',
    [
      LOOP(FOR.replace('<=', '<')),
      [
        'tests/launch.test.ts',
        '  expect(total([])).toBe(0)\n',
        '  expect(total([])).toBe(0)\n  expect(total([{ budget: 1 }])).toBe(1)\n',
      ],
    ],
  ],
  [
    'a stricter assertion',
    [LOOP(FOR.replace('<=', '<')), ['tests/launch.test.ts', "toEqual('harbour", "toBe('harbour"]],
  ],
  [
    'a code of an error',
    [
      [
        TS,
        '    throw error\n',
        "    if (error.code === 'P2025') return json(res, 404, { error: 'practice not found' })\n    throw error\n",
      ],
    ],
  ],
  ['a word of the program', [[TS, SLUG, `  if (name === 'none') return 'none'\n${SLUG}`]]],
  [
    'a retry',
    [
      [
        TS,
        '  audit(req)\n',
        '  for (let tries = 0; tries < 3; tries++) {\n    try {\n      await audit(req)\n      break\n    } catch (error) {\n      if (tries === 2) throw error\n    }\n  }\n',
      ],
    ],
  ],
  ['finally closed', [[TS, '    throw error\n  }\n', '    throw error\n  } finally {\n    release(req)\n  }\n']]],
]
