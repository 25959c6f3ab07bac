const CALENDAR_NAME = /^(\d{4})\.(\d{1,2})\.(\d{1,9})$/;

/** The calendar version a release promoted at `at` gets: year, month (UTC), and the next number nobody has in that month. */
export function nextReleaseName(at: string, taken: Iterable<string>): string {
  const [year = "", month = ""] = at.split("-");
  let highest = 0;
  for (const name of taken) {
    const [, nameYear, nameMonth, number] = CALENDAR_NAME.exec(name) ?? [];
    if (nameYear === year && Number(nameMonth) === Number(month)) highest = Math.max(highest, Number(number));
  }
  return `${year}.${Number(month)}.${highest + 1}`;
}
