import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** The platform's folders. Apps' users may pass through those with mode 0711, and list none of them. */
export interface Folders {
  home: string
  /** One folder per deployment, each owned by its own user. */
  builds: string
  /** Installed dependency sets by key. */
  dependencies: string
  /** Output of builds and apps, out of their reach. */
  output: string
  traffic: string
}

export function makeFolders(home: string): Folders {
  const folders: Folders = {
    home,
    builds: join(home, 'builds'),
    dependencies: join(home, 'dependencies'),
    output: join(home, 'output'),
    traffic: join(home, 'traffic'),
  }
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true })
  for (const path of [home, folders.builds, folders.dependencies]) chmodSync(path, 0o711)
  for (const path of [folders.output, folders.traffic]) chmodSync(path, 0o700)
  return folders
}
