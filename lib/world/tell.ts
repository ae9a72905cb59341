import type { ChannelName, Notice } from '../domain/notice.ts'
import type { Project } from '../domain/project.ts'
import type { Sha } from '../domain/tree.ts'

/** Ports that tell people, and whoever told us. */

/** The far side certainly did nothing. `inMs`: how long it wants to be left alone. */
export interface NotSent {
  refused: string
  inMs?: number
}

/** One way to tell people. */
export interface Notify {
  /** Once a key, as far as the far side can be asked. Throws when nobody knows whether it arrived. */
  send(project: Project, notice: Notice): Promise<NotSent | undefined>
  /** Whether a notice with this key has arrived, asked of where it went. */
  arrived(project: Project, key: string): Promise<boolean>
}

/** A remark on an issue of the tracker's, known by the first line it begins with. */
export interface Remark {
  mark: string
  text: string
  /** Path of a page of ours. */
  link: string
}

/**
 * Where an issue came from and people look for how it ended. Issues go by what the tracker calls them. Both may be asked
 * for twice; a reason means that nothing was done and never will be, throwing that nobody knows.
 */
export interface Tracker {
  /** Ended by this commit, so that it comes back only with what has it; what a person decided about it stays. */
  resolve(issue: string, sha: Sha): Promise<{ refused: string } | undefined>
  isResolved(issue: string): Promise<boolean>
  /** One remark a mark: the next replaces the last. */
  remark(issue: string, remark: Remark): Promise<{ refused: string } | undefined>
  isRemarked(issue: string, remark: Remark): Promise<boolean>
}

/** A way that leaves us. It is called by a delivery of its own, so that no release waits for it. */
export interface Channel {
  name: ChannelName
  notify: Notify
}

/** What answers somebody who pressed a button or typed a command in a chat. Decides nothing. */
export interface Chat {
  /** The address the chat has verified of a full member of its own; null: there is none, or it does not say. */
  emailOf(user: string): Promise<string | null>
  /** Opens the form that asks for a reason; `about` comes back with it. */
  askWhy(trigger: string, about: string): Promise<void>
  /** Tells the one person who asked. `to`: the address that came with what they did. */
  say(to: string, text: string): Promise<void>
  /** The same as the body of an answer to their request. */
  shown(text: string): Promise<object>
}
