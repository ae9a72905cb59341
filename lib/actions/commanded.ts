import type { Project } from '../domain/project.ts'
import { commandOf, type SlackCommand } from '../parse/slackRequest.ts'
import { projectsOf } from '../store/projects.ts'
import type { Actor, Chat } from '../world.ts'
import { aboutFix } from './aboutFix.ts'
import type { Control } from './act.ts'
import { decide, whoInSlack } from './bySlack.ts'
import { answerInWords, statusInWords, unknownInWords } from './chatWords.ts'
import { statusOf } from './status.ts'

type World = Control & Pick<Actor, 'halted' | 'sql'> & { chat: Pick<Chat, 'emailOf'> }

const USAGE = [
  '/nightshift status [project]: how it stands and what waits for you',
  '/nightshift approve <fix>: what its message asks for',
  '/nightshift reject <fix> <why>: it never comes again',
  '/nightshift pause [project] [why]: nothing leaves until somebody resumes',
  '/nightshift resume: says where',
].join('\n')

/** A slash command, by the body of its request: the words that answer it, and to where. Null: the body is none. */
export function commanded(world: World, body: string): { said: Promise<string>; replyTo: string } | null {
  const command = commandOf(body)
  return command && { said: said(world, command), replyTo: command.replyTo }
}

async function said(world: World, command: SlackCommand): Promise<string> {
  const who = await whoInSlack(world.sql, command.user, world.chat)
  if (!who) return unknownInWords(command.user)
  const [verb = '', ...words] = command.text.split(/\s+/)
  const all = await projectsOf(world.sql, who.person)
  if (verb === 'status') return status(world, all, words[0])
  if (verb === 'approve' || verb === 'reject') {
    const decided = await aboutFix(world, who, command.key, all, verb, words)
    return typeof decided === 'string' ? decided : answerInWords(decided)
  }
  if (verb !== 'pause' && verb !== 'resume') return USAGE
  const { project, rest } = named(all, words)
  if (!project) return `Which project? ${all.map(({ slug }) => slug).join(', ') || 'There is none yet.'}`
  const why = rest.join(' ').slice(0, 500)
  const body = verb === 'pause' ? { project: project.slug, ...(why && { why }) } : { project: project.slug }
  return `${project.name}: ${answerInWords(await decide(world, who, verb, command.key, body))}`
}

async function status(world: World, all: Project[], wanted: string | undefined): Promise<string> {
  const chosen = all.filter(({ slug }) => wanted === undefined || slug === wanted)
  if (chosen.length === 0) return wanted ? `There is no project ${wanted}.` : 'There is no project yet.'
  const told = []
  for (const project of chosen) told.push(statusInWords(await statusOf(world, project)))
  return told.join('\n\n')
}

/** The project the first word names, or the only one there is. */
function named(all: Project[], words: string[]): { project: Project | undefined; rest: string[] } {
  const first = all.find(({ slug }) => slug === words[0])
  if (first) return { project: first, rest: words.slice(1) }
  return { project: all.length === 1 ? all[0] : undefined, rest: words }
}
