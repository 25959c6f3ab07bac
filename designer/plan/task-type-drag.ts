/** What a task type is called while it is dragged from the shelf onto the canvas. */
const FORMAT = "application/x-orderloom-task-type";

/** Lets a drag carry this task type. */
export function dragTaskType(data: DataTransfer, type: string): void {
  data.setData(FORMAT, type);
  data.effectAllowed = "copy";
}

/** Whether a drag carries a task type; which one, the browser only tells when it is dropped. */
export function carriesTaskType(data: DataTransfer): boolean {
  return data.types.includes(FORMAT);
}

/** The task type that was dropped; null when it was something else. */
export function droppedTaskType(data: DataTransfer): string | null {
  return data.getData(FORMAT) || null;
}
