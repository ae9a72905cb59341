import { z } from 'zod'
import { passSuspended } from '../durable/suspended.ts'

interface ToolResult {
  ok: boolean
  text: string
}

/** Something a model may ask for. It looks; it changes nothing outside a sandbox that is thrown away. */
export interface Tool {
  name: string
  description: string
  json: Record<string, unknown>
  /** Any input: one of the wrong shape is answered in words. Never throws. */
  call(input: unknown): Promise<ToolResult>
}

export function tool<T>(
  name: string,
  description: string,
  schema: z.ZodType<T>,
  run: (input: T) => Promise<string>,
): Tool {
  const { $schema, ...json } = z.toJSONSchema(schema)
  return {
    ...{ name, description, json },
    async call(input) {
      const parsed = schema.safeParse(input)
      if (!parsed.success) {
        const [issue] = parsed.error.issues
        return { ok: false, text: `Wrong input: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}` }
      }
      try {
        return { ok: true, text: await run(parsed.data) }
      } catch (error) {
        passSuspended(error)
        return { ok: false, text: `It failed: ${error instanceof Error ? error.message.slice(0, 500) : 'no reason'}` }
      }
    },
  }
}

/** A shape as the loop wants it: to check with, and to ask for. */
export function shapeOf<T>(schema: z.ZodType<T>): { schema: z.ZodType<T>; json: Record<string, unknown> } {
  const { $schema, ...json } = z.toJSONSchema(schema, { io: 'input' })
  return { schema, json }
}
