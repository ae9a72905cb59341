export interface Task {
  id: number
  title: string
  done: boolean
}

export class TaskStore {
  private readonly tasks = new Map<number, Task>()
  private next = 1

  list(): Task[] {
    return [...this.tasks.values()]
  }

  find(id: number): Task | undefined {
    return this.tasks.get(id)
  }

  create(title: string): Task {
    const task = { id: this.next++, title, done: false }
    this.tasks.set(task.id, task)
    return task
  }

  remove(id: number): boolean {
    return this.tasks.delete(id)
  }
}
