import type { Step } from '../domain/onboarding.ts'
import type { Level, Settings } from '../domain/project.ts'

export interface OnboardingFacts {
  /** Why the database's login may not be used; null: it may. */
  database: string | null
  people: number
  owners: number
  project: { settings: Settings; level: Level } | null
  code: 'git' | 'github' | (string & {})
  deploy: 'process' | 'vercel' | (string & {})
  /** Secrets this server was given for what Vercel sends. */
  vercel: { drain: boolean; webhook: boolean } | null
  lastEvent: Date | null
  lastDrained: Date | null
  sentry: boolean
  /** Channels besides the inbox. */
  channels: string[]
}

/** The steps of setting up in their order, with how each stands. The first that is to do is the next one. */
export function onboarding(facts: OnboardingFacts): Step[] {
  return [database(facts), people(facts), project(facts), code(facts), deploy(facts), drains(facts)].concat(
    sources(facts),
    notify(facts),
    level(facts),
  )
}

const database = ({ database: problem }: OnboardingFacts): Step =>
  problem
    ? { step: 'database', state: 'todo', why: `Its login may not be used: ${problem}.`, page: 'doctor' }
    : { step: 'database', state: 'done', why: 'It answers, and its login cannot rewrite the audit.', page: 'doctor' }

function people({ people: all, owners }: OnboardingFacts): Step {
  if (owners === 0)
    return { step: 'people', state: 'todo', why: 'There is no owner, so nobody can decide.', page: null }
  return all === 1
    ? { step: 'people', state: 'may', why: 'You are the owner. Nobody else may decide yet.', page: null }
    : { step: 'people', state: 'done', why: `${all} people, ${owners} of them owners.`, page: null }
}

const project = ({ project: there }: OnboardingFacts): Step =>
  there
    ? {
        step: 'project',
        state: 'done',
        why: `It is called ${there.settings.app} where it is deployed.`,
        page: 'settings',
      }
    : { step: 'project', state: 'todo', why: 'Say where the code is and what the app is called.', page: 'settings' }

function code({ code: kind, project: there }: OnboardingFacts): Step {
  const repository = there?.settings.repository
  if (kind === 'github')
    return repository
      ? { step: 'code', state: 'done', why: `${repository}, through GitHub’s API.`, page: 'doctor' }
      : { step: 'code', state: 'todo', why: 'GitHub is there; the project names no repository yet.', page: 'settings' }
  const byGithub = repository !== undefined && /^[\w.-]+\/[\w.-]+$|github\.com/.test(repository)
  if (repository === undefined || byGithub)
    return {
      step: 'code',
      state: 'todo',
      why: 'Make an App of your own at GitHub, with the least it needs.',
      page: 'connect/github',
    }
  return { step: 'code', state: 'done', why: `${repository}, by ${kind}.`, page: 'doctor' }
}

function deploy({ deploy: kind, project: there }: OnboardingFacts): Step {
  if (kind !== 'vercel')
    return {
      step: 'deploy',
      state: 'done',
      why: `The app is deployed by ${kind === 'process' ? 'the platform beside this server' : kind}.`,
      page: 'doctor',
    }
  return there?.settings.vercel
    ? { step: 'deploy', state: 'done', why: `Vercel, at ${there.settings.vercel.domain}.`, page: 'doctor' }
    : { step: 'deploy', state: 'todo', why: 'Name the project at Vercel and its two domains.', page: 'settings' }
}

function drains({ vercel, lastDrained }: OnboardingFacts): Step {
  if (!vercel) return { step: 'drains', state: 'done', why: 'The platform counts requests itself.', page: null }
  if (lastDrained)
    return { step: 'drains', state: 'done', why: 'Requests are counted, and Vercel rings.', page: 'connect/vercel' }
  return vercel.drain && vercel.webhook
    ? { step: 'drains', state: 'todo', why: 'They are set up, and nothing has come yet.', page: 'doctor' }
    : { step: 'drains', state: 'todo', why: 'Let Nightshift make the drain and the webhook.', page: 'connect/vercel' }
}

function sources({ lastEvent, sentry, project: there }: OnboardingFacts): Step {
  if (lastEvent) return { step: 'sources', state: 'done', why: 'Errors arrive.', page: 'doctor' }
  if (sentry && !there?.settings.sentry)
    return {
      step: 'sources',
      state: 'todo',
      why: 'Name the project in Sentry, or give the app its DSN.',
      page: 'settings',
    }
  return {
    step: 'sources',
    state: 'todo',
    why: 'Give the app its DSN, deploy, and cause one error on purpose.',
    page: 'settings',
  }
}

const notify = ({ channels }: OnboardingFacts): Step =>
  channels.length > 0
    ? { step: 'notify', state: 'done', why: `The inbox here, and ${channels.join(' and ')}.`, page: 'settings' }
    : {
        step: 'notify',
        state: 'may',
        why: 'The inbox here alone. Slack and mail are chosen with NOTIFY.',
        page: 'doctor',
      }

function level({ project: there }: OnboardingFacts): Step {
  const at = there?.level ?? 1
  return at === 1
    ? {
        step: 'level',
        state: 'may',
        why: 'Level 1: it proposes, and a person ships. Look at what it does before you raise it.',
        page: '',
      }
    : { step: 'level', state: 'done', why: `Level ${at}.`, page: '' }
}
