import type { Manifest } from '../domain/manifest.ts'
import { foldPath } from './paths.ts'

/** What stands between words of a shell command. */
const BETWEEN = /[\s;&|<>()"'`=,]+/

/** Entry points of the app itself are its sources; start scripts are not. */
const SCRIPT = /(^|\/)(scripts?|bin|tools)\/|\.(sh|bash|ps1|cmd|bat)$/

/**
 * Folded paths of the scripts and the driver that nightshift.json names: who may edit them decides what is tested.
 * The files a start command names are the app's sources unless they are scripts.
 */
export function namedFiles(manifest: Manifest): Set<string> {
  const { install, setup, build, test, check, prepare, start, replay } = manifest
  const scripts = [install, setup, build, test.run, check.types, check.lint, prepare].flatMap(pathsIn)
  const starters = pathsIn(start).filter((path) => SCRIPT.test(path))
  return new Set([...scripts, ...starters, ...pathsIn(replay.driver)].map((path) => foldPath(path).segments.join('/')))
}

/** Any word may be a path: `sh run` names `run`. Flags and globs name no one file. */
function pathsIn(command: string | null): string[] {
  return (command ?? '')
    .split(BETWEEN)
    .map((word) => word.replace(/^\.\//, ''))
    .filter((word) => word !== '' && !word.startsWith('-') && !word.includes('*'))
}
