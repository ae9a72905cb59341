import type { Rule } from '../../../lib/policy/integrity/rules.ts'
import type { Edit } from './bases.ts'

const JS = 'src/server.js'
const TSX = 'src/Card.tsx'
const PY = 'app/billing_run.py'
const LOAD = '  const practice = load(req.params.id)\n'
const LOADS = '    data = json.loads(body)\n'
const js = (line: string): Edit[] => [[JS, LOAD, `${LOAD}  ${line}\n`]]
const py = (line: string): Edit[] => [[PY, LOADS, `${LOADS}    ${line}\n`]]

/** What an honest repair may do and a person should see: never refused, never of low risk. */
export const REVIEWS: [name: string, edits: Edit[], rule: Rule][] = [
  ['fetch', js("fetch('https://example.com/?q=' + practice.id)"), 'outbound'],
  ['fetch under another name', js('const send = fetch'), 'outbound'],
  ['fetch of the global object', js("globalThis['fetch'](req.query.to)"), 'outbound'],
  ['a beacon', js("navigator['sendBeacon']('/x', practice)"), 'outbound'],
  ['a socket', js("new WebSocket('wss://example.com')"), 'outbound'],
  ['DNS', [[JS, 'const express', "const dns = require('node:dns')\nconst express"]], 'outbound'],
  ['py: requests', py('requests.post(data["url"], json=data)'), 'outbound'],
  ['an environment read', js('const key = process.env.KEY'), 'environment'],
  ['one by brackets', js("const key = process['env']['KEY']"), 'environment'],
  ['one taken apart', js('const { env } = process'), 'environment'],
  ['py: os.environ', py('key = os.environ["KEY"]'), 'environment'],
  ['files', [[JS, 'const express', "const { readFileSync } = require('fs')\nconst express"]], 'files'],
  ['py: open', py('open(data["path"]).read()'), 'files'],
  ['a package', [[JS, 'const express', "const pad = require('left-pad')\nconst express"]], 'dependency'],
  ['py: a package', [[PY, 'import json\n', 'import json\nimport leftpad\n']], 'dependency'],
  ['raw HTML', [[TSX, '<p title', '<p dangerouslySetInnerHTML={{ __html: patient.note }} title']], 'weaker-security'],
  ['an open door for all', js("res.setHeader('Access-Control-Allow-Origin', '*')"), 'weaker-security'],
  ['a cookie scripts can read', js("res.cookie('a', practice.id, { httpOnly: false })"), 'weaker-security'],
  ['py: trusted HTML', py('html = mark_safe(data["html"])'), 'weaker-security'],
  ['another session', [['src/kinds.ts', 'session.ends < now', 'session.ends > now']], 'changed-check'],
  [
    'a row for the input',
    [['src/kinds.ts', "'.css': 'text/css' }", "'.css': 'text/css', 'acct-7731': 'practice not found' }"]],
    'added-row',
  ],
  [
    'a refusal less',
    [['src/launch.ts', "  if (name === '') throw new TypeError('name is empty')\n", '']],
    'removed-refusal',
  ],
  [
    'py: an error that is expected',
    py('try:\n        data = data["data"]\n    except KeyError:\n        pass'),
    'expected-error',
  ],
  [
    'py: one that is expected and logged',
    py('try:\n        data = int(data)\n    except ValueError as e:\n        logger.info(e)\n        return []'),
    'expected-error',
  ],
  [
    'py: a file that need not be there',
    py('with suppress(FileNotFoundError):\n        data["file"].unlink()'),
    'expected-error',
  ],
  [
    'py: an error no longer thrown on',
    [[PY, 'capture_exception(error)\n        raise\n', 'capture_exception(error)\n']],
    'expected-error',
  ],
  ['py: Any', [[PY, 'def parse(body):', 'def parse(body: Any):']], 'wider-type'],
  ['py: Any within', [[PY, 'def parse(body):', 'def parse(body: str) -> dict[str, Any]:']], 'wider-type'],
  ['a call less', [['src/launch.ts', '  audit(req)\n', '']], 'removed-call'],
]
