import { expect, it, vi } from 'vitest'
import { baseEnv, npmEnv, passedOn, person, searchPath, terminalEnv } from '../../cli/env.ts'
import { CODE_SETTINGS } from '../../lib/config/code.ts'
import { MODEL_SETTINGS } from '../../lib/config/model.ts'
import { NOTIFY_SETTINGS } from '../../lib/config/notify.ts'

const CHOICES = { model: MODEL_SETTINGS, code: CODE_SETTINGS, deploy: [], notify: NOTIFY_SETTINGS }

/** Settings and secrets as a shell may hold them. */
function stub(): void {
  vi.stubEnv('PATH', '/usr/bin:relative:/bin:')
  vi.stubEnv('npm_config_registry', 'https://packages.example/')
  vi.stubEnv('NPM_CONFIG_CAFILE', '/etc/ssl/ca.pem')
  vi.stubEnv('npm_config__authtoken', 'secret-1')
  vi.stubEnv('npm_config_//packages.example/:_password', 'secret-2')
  vi.stubEnv('GITHUB_TOKEN', 'secret-3')
  vi.stubEnv('DATABASE_URL', 'secret-4')
  vi.stubEnv('NODE_OPTIONS', '--secret-5')
}

it('hands children what they need and no secret', () => {
  stub()
  const handed = { ...baseEnv(), ...npmEnv(), ...terminalEnv() }
  expect(handed).toMatchObject({
    npm_config_registry: 'https://packages.example/',
    NPM_CONFIG_CAFILE: '/etc/ssl/ca.pem',
  })
  expect(JSON.stringify(handed)).not.toContain('secret')
})

it('looks programs up in absolute folders only', () => {
  stub()
  expect(searchPath()).toEqual(['/usr/bin', '/bin'])
})

it('takes an empty NIGHTSHIFT_HOME for none', () => {
  vi.stubEnv('NIGHTSHIFT_HOME', '')
  expect(person().chosen).toBeUndefined()
  vi.stubEnv('NIGHTSHIFT_HOME', '/data')
  expect(person()).toMatchObject({ uid: process.getuid?.(), chosen: '/data' })
})

it('passes the kill switch on to the server, keys with a choice of model, and nothing else', () => {
  stub()
  expect(passedOn(CHOICES)).toEqual({})
  vi.stubEnv('KILL_SWITCH', 'on')
  expect(passedOn(CHOICES)).toEqual({ KILL_SWITCH: 'on' })
  vi.stubEnv('ANTHROPIC_API_KEY', 'key-1')
  expect(passedOn(CHOICES)).toEqual({ KILL_SWITCH: 'on' })
  vi.stubEnv('MODEL', 'anthropic')
  expect(passedOn(CHOICES)).toEqual({
    KILL_SWITCH: 'on',
    MODEL: 'anthropic',
    ANTHROPIC_API_KEY: 'key-1',
  })
  vi.stubEnv('MODEL', '')
  vi.stubEnv('SLACK_BOT_TOKEN', 'xoxb-1')
  expect(passedOn(CHOICES)).toEqual({ KILL_SWITCH: 'on' })
  vi.stubEnv('NOTIFY', 'slack')
  expect(passedOn(CHOICES)).toMatchObject({ NOTIFY: 'slack', SLACK_BOT_TOKEN: 'xoxb-1' })
})
