import { expect, test } from 'vitest'
import type { Json } from '../../lib/parse/json.ts'
import { redact } from '../../lib/parse/redact.ts'

const plain = (value: unknown, salt = 'salt'): unknown => JSON.parse(JSON.stringify(redact(value, salt)))
const field = (value: unknown): unknown => (plain({ x: value }) as { x: Json }).x

test.each([
  ['Authorization', 'authorization'],
  ['proxy-authorization', 'authorization'],
  ['Set-Cookie', 'cookie'],
  ['cookies', 'cookie'],
  ['PASSWD', 'password'],
  ['userPassword', 'password'],
  ['db_pass', 'password'],
  ['client_secret', 'secret'],
  ['accessToken', 'token'],
  ['refresh.token', 'token'],
  ['X-Api-Key', 'api-key'],
  ['apikey', 'api-key'],
  ['aws_secret_access_key', 'api-key'],
  ['session_id', 'session'],
  ['X-CSRF-Token', 'csrf'],
  ['ssn', 'ssn'],
  ['nhsNumber', 'ssn'],
  ['cardNumber', 'card'],
  ['cvv2', 'cvv'],
  ['pin', 'pin'],
  ['iban', 'bank-account'],
  ['ip_address', 'ip'],
  ['X-Forwarded-For', 'ip'],
  ['x-user-id', 'user'],
  ['pássword', 'password'],
  ['ｐａｓｓｗｏｒｄ', 'password'],
])('the name %s announces [%s]', (key, kind) => {
  expect(plain({ [key]: 'plain words' })).toEqual({ [key.normalize('NFC')]: `[${kind}]` })
})

test.each([
  'secretary',
  'tokenizer',
  'compass',
  'author',
  'sessions',
  'discard',
  'zip',
  'userId',
  'practiceId',
  'keyboard',
])('the name %s announces nothing', (key) => {
  expect(plain({ [key]: 'words' })).toEqual({ [key]: 'words' })
})

test('types that cannot be a secret stay, and the shape below a secret name stays', () => {
  expect(plain({ token: null, password: '', hasPassword: true, maxTokens: 512, otp: 123456 })).toEqual({
    token: null,
    password: '',
    hasPassword: true,
    maxTokens: 512,
    otp: '[token]',
  })
  expect(field({ session: { id: 7, roles: ['a'], ok: true } })).toEqual({
    session: { id: '[session]', roles: ['[session]'], ok: true },
  })
})

test('names and values come as pairs and as entries too', () => {
  expect(
    field([
      ['authorization', 'Bearer x'],
      ['accept', '*/*'],
    ]),
  ).toEqual([
    ['authorization', '[authorization]'],
    ['accept', '*/*'],
  ])
  expect(
    field([
      { name: 'cookie', value: 'a=b' },
      { key: 'x', value: 'y' },
    ]),
  ).toEqual([
    { name: 'cookie', value: '[cookie]' },
    { key: 'x', value: 'y' },
  ])
})

test('bodies held in strings keep their shape', () => {
  expect(field('{"practiceId":"p1","login":{"password":"x","n":[1,2.5]},"token":null}')).toBe(
    '{"practiceId":"p1","login":{"password":"[password]","n":[1,2.5]},"token":null}',
  )
  expect(field('{"maxTokens":1000000,"password":true}')).toBe('{"maxTokens":1000000,"password":true}')
  expect(field('{"password":"first","password":""}')).toBe('{"password":""}')
  expect(field(JSON.stringify({ a: JSON.stringify({ secret: 's' }) }))).toBe('{"a":"{\\"secret\\":\\"[secret]\\"}"}')
  expect(field('{"password":"cut off h')).toBe('{"password":"[password]')
  expect(field('a=b+c&user%5Bpassword%5D=x,y&mail=ann%40example.com&flag')).toBe(
    'a=b+c&user%5Bpassword%5D=[password]&mail=[email]&flag',
  )
})

test('forms are judged decoded', () => {
  expect(field('a=b&%70assword=x')).toBe('a=b&%70assword=[password]')
  expect(field('/x?%70assword=x')).toBe('/x?%70assword=[password]')
  expect(field('token=&a=b')).toBe('token=&a=b')
  expect(field('q=to+ann%40example.com')).toBe('q=to%20[email]')
})

test('addresses lose what their query gives away and nothing else', () => {
  expect(field('http://u:p@h/api/launch?x=a%20b&access_token=abc,d&y=#f')).toBe(
    'http://[credentials]@h/api/launch?x=a%20b&access_token=[token]&y=#f',
  )
  expect(field('/reset?mail=ann%40example.com')).toBe('/reset?mail=[email]')
})

test('users become a keyed hash, and nothing else of them stays', () => {
  const hash = (user: unknown, salt = 'salt') => (plain({ user }, salt) as { user?: { id: string } }).user
  const ann = hash({
    id: 'u1',
    email: 'ann@example.com',
    username: 'ann',
    ip_address: '203.0.113.9',
    geo: { city: 'x' },
  })
  expect(ann).toEqual({ id: expect.stringMatching(/^user:[0-9a-f]{16}$/) })
  expect(hash({ id: 'u1' })).toEqual(ann)
  expect(hash('u1')).toEqual(ann)
  expect(hash({ id: 'u1' }, 'other salt')).not.toEqual(ann)
  expect(hash({ id: 7 })).toEqual(hash({ id: '7' }))
  expect(hash({ email: 'ann@example.com' })?.id).toMatch(/^user:/)
  expect(hash({ ip_address: '203.0.113.9' })).toBeUndefined()
  for (const user of [null, {}, [], ' ', { id: '  ' }, { id: Number.NaN }]) expect(hash(user)).toBeUndefined()
  expect(plain({ did: 'u1', sid: 'x' })).toEqual({ did: ann?.id, sid: '[session]' })
  expect(() => redact({ user: { id: 'u1' } }, '')).toThrow('salt')
})

test('source lines keep their names', () => {
  expect(
    field({ context_line: 'const token = req.query.token', pre_context: ["key = 'a'", 'password = "x"'] }),
  ).toEqual({
    context_line: 'const token = req.query.token',
    pre_context: ["key = 'a'", 'password = "[password]"'],
  })
})

test('numbers that JSON cannot carry and cards are named', () => {
  const value = JSON.parse('{"huge":1e999,"card":4,"n":4242424242424242,"big":9007199254740993,"zero":-0}')
  expect(plain(value)).toEqual({ huge: '[number]', card: '[card]', n: '[card]', big: 9007199254740992, zero: 0 })
})
