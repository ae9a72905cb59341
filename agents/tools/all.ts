import type { Desk } from './desk.ts'
import { list, read } from './files.ts'
import { blame, log, show } from './past.ts'
import { command, runTest } from './running.ts'
import { search } from './search.ts'
import type { Tool } from './tool.ts'

/** All a model may ask for. Every one of them only looks, and none is offered that could not answer. */
export const toolsOf = (desk: Desk): Tool[] => [
  list(desk),
  read(desk),
  search(desk),
  blame(desk.history),
  ...('log' in desk.history ? [log(desk.history), show(desk.history)] : []),
  runTest(desk),
  command(desk),
]
