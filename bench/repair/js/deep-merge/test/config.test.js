import assert from 'node:assert/strict'
import test from 'node:test'
import { fromEnvironment, loadConfig } from '../src/config.js'

test('defaults alone', () => {
  assert.equal(loadConfig().server.port, 8080)
})

test('a layer changes what it names', () => {
  const config = loadConfig({ server: { port: 1 } }, fromEnvironment({ LOG__LEVEL: 'debug' }))
  assert.deepEqual(config.server, { port: 1, host: 'localhost', tls: null })
  assert.deepEqual(config.log, { level: 'debug', targets: ['stdout'] })
})

test('a list replaces a list', () => {
  assert.deepEqual(loadConfig({ log: { targets: ['file'] } }).log.targets, ['file'])
})

test('a certificate can be given where the default has none', () => {
  const tls = { key: 'k', cert: 'c' }
  assert.deepEqual(loadConfig({ server: { tls } }).server.tls, tls)
})

test('a section can be switched off', () => {
  assert.equal(loadConfig({ log: null }).log, null)
})
