/**
 * GitLab carries out lines that begin with a slash (`/merge`, `/approve`), also of texts written by a program. Behind a
 * backslash Markdown shows the same and nothing happens.
 */
export const quiet = (body: string): string => body.replace(/^([^\S\n]*)\/(?=\w)/gm, '$1\\/')
