/** Milliseconds between two looks: with the farewell an orphan is gone within 5 s. */
const lookEvery = 500;

/**
 * Calls back once, when the process that started this one is gone: the operating system gives an orphan another
 * parent. Its pipe tells, too, where another process stood between the two.
 * @param parent as it was when this process began
 */
export function onParentsDeath(parent: number, end: () => void): void {
  let isOver = false;
  const over = () => {
    if (isOver) return;
    isOver = true;
    clearInterval(watch);
    end();
  };
  const watch = setInterval(() => {
    if (process.ppid !== parent) over();
  }, lookEvery);
  watch.unref();
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') over();
  });
}
