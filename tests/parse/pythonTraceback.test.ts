import { expect, test } from 'vitest'
import { parsePythonFrame, parsePythonTraceback } from '../../lib/parse/pythonTraceback.ts'

const CHAINED = `starting
Traceback (most recent call last):
  File "/workspace/shop/stock.py", line 4, in take
    left = stock[name]
           ~~~~~^^^^^^
KeyError: 'pear'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/usr/lib/python3.11/runpy.py", line 198, in _run_module_as_main
    return _run_code(code, main_globals, None,
  File "/workspace/shop/__main__.py", line 9, in <module>
    main()
  File "/workspace/shop/stock.py", line 6, in take
    raise OutOfStock(name) from None
shop.errors.OutOfStock: pear
  in the second line
done
`

test('reads the thrown exception with its frames, the innermost first, and what it was thrown from', () => {
  const failures = parsePythonTraceback(CHAINED)
  expect(failures).toHaveLength(1)
  expect(failures[0]).toMatchObject({
    type: 'OutOfStock',
    message: 'pear\n  in the second line',
    handled: false,
    frames: [
      { path: 'shop/stock.py', line: 6, function: 'take', inApp: true, context: 'raise OutOfStock(name) from None' },
      { path: 'shop/__main__.py', line: 9, function: '<module>', inApp: true },
      { path: null, inApp: false },
    ],
    causes: [{ type: 'OutOfStock' }, { type: 'KeyError', message: "'pear'" }],
  })
  expect(parsePythonTraceback(CHAINED, new Set(['shop/__main__.py']))[0]?.frames[0]?.path).toBeNull()
})

test('a direct cause is a cause, and two failures that are not linked are two', () => {
  const one = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    x\nValueError: no\n'
  const cause = '\nThe above exception was the direct cause of the following exception:\n\n'
  expect(parsePythonTraceback(one + cause + one)[0]?.causes).toHaveLength(2)
  expect(parsePythonTraceback(`${one}\nRetrying\n${one}`)).toHaveLength(2)
})

test('a file that does not parse is the innermost frame, with and without a header', () => {
  const bare = '  File "/workspace/a.py", line 2\n    return (\n           ^\nSyntaxError: \'(\' was never closed\n'
  const headed = `Traceback (most recent call last):\n  File "/workspace/b.py", line 1, in <module>\n    import a\n${bare}`
  const type = 'SyntaxError'
  expect(parsePythonTraceback(bare)).toMatchObject([{ type, frames: [{ path: 'a.py', line: 2, function: null }] }])
  expect(parsePythonTraceback(headed)).toMatchObject([{ type, frames: [{ path: 'a.py' }, { path: 'b.py' }] }])
})

const GROUP = `  + Exception Group Traceback (most recent call last):
  |   File "/workspace/g.py", line 9, in <module>
  |     raise ExceptionGroup("several", found)
  | ExceptionGroup: several (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/workspace/g.py", line 3, in first
    |     int("x")
    | ValueError: invalid literal
    +---------------- 2 ----------------
    | Traceback (most recent call last):
    |   File "/workspace/g.py", line 5, in second
    |     {}["k"]
    | KeyError: 'k'
    +------------------------------------
`

test('an exception group is its own failure, and so is each in it', () => {
  expect(parsePythonTraceback(GROUP).map(({ type, frames }) => [type, frames[0]?.line])).toEqual([
    ['ExceptionGroup', 9],
    ['ValueError', 3],
    ['KeyError', 5],
  ])
})

test('an exception without a message, one that repeats, and colours', () => {
  const deep = `Traceback (most recent call last):
  File "/app/a.py", line 2, in f
    return f()
  [Previous line repeated 974 more times]
RecursionError
`
  expect(parsePythonTraceback(deep)).toMatchObject([
    { type: 'RecursionError', message: '', frames: [{ path: 'a.py' }] },
  ])
  expect(parsePythonTraceback(deep.replaceAll('File', '\u001b[35mFile\u001b[0m'))).toHaveLength(1)
})

test.each([
  ['  File "/a/b.py", line 3, in C.f.<locals>.g', { file: '/a/b.py', line: 3, function: 'C.f.<locals>.g' }],
  ['  File "<string>", line 1, in <module>', { file: null, line: 1 }],
  ['  File "/a/b c.py", line 3', { file: '/a/b c.py', function: null }],
  ['  File "/w/.venv/lib/python3.11/site-packages/x.py", line 3, in f', { inApp: false }],
])('%s is a frame', (line, frame) => {
  expect(parsePythonFrame(line)).toMatchObject(frame)
})

test.each(['File a.py, line 3', '  File "a.py", line x', 'File "", line 1, in f', ''])('%j is none', (line) => {
  expect(parsePythonFrame(line)).toBeNull()
})

test('frames without an exception, and exceptions without a frame, are nothing', () => {
  expect(parsePythonTraceback('  File "a.py", line 1, in f\n    x\n')).toEqual([])
  expect(parsePythonTraceback('Traceback (most recent call last):\nValueError: x\n')).toEqual([])
  expect(parsePythonTraceback('ValueError: x\n')).toEqual([])
})

test('messages are redacted, and the work is capped', () => {
  const one =
    'Traceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: ann@example.com password=x\n'
  expect(parsePythonTraceback(one)[0]?.message).toBe('[email] password=[password]')
  expect(parsePythonTraceback(one.repeat(80))).toHaveLength(50)
  const deep = one.replace('  File', '  File "a.py", line 7, in g\n'.repeat(90).concat('  File'))
  expect(parsePythonTraceback(deep)[0]?.frames).toHaveLength(64)
  expect(parsePythonTraceback(deep)[0]?.frames[0]?.line).toBe(1)
  const link = 'During handling of the above exception, another exception occurred:\n'
  expect(parsePythonTraceback((one + link).repeat(30))[0]?.causes).toHaveLength(10)
})

test.each([
  'Traceback (most recent call last):\n',
  '  File "',
  '  File "a.py", line 1\n',
  'During handling of the above exception, another exception occurred:\n',
  '  | ',
  '+-+',
  '    +---------------- 1 ',
  'A.',
  'ValueError: \n ',
])('a megabyte of %j is worked through', (piece) => {
  expect(parsePythonTraceback(piece.repeat(Math.ceil(1_000_000 / piece.length))).length).toBeLessThanOrEqual(50)
})
