import { readConfig } from './config.ts'
import { openPlatform } from './open.ts'

// Folders and files the platform makes are private where they name a mode; what installs make stays readable for boxes.
process.umask(0o022)

function refuse(problems: string[]): never {
  process.stdout.write(`${JSON.stringify({ ready: false, problems })}\n`)
  process.exit(1)
}

const read = readConfig(process.env)
if (!read.ok) refuse(read.problems)

try {
  const platform = await openPlatform(read.config)
  process.stdout.write(`${JSON.stringify({ ready: true, port: platform.port })}\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void platform.close().then(() => process.exit(0)))
  }
} catch (error) {
  refuse([error instanceof Error ? error.message : String(error)])
}
