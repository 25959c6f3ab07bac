/** How much a spreadsheet file may hold. Every limit has its name here; refusals quote the number. */
export const SHEET_LIMITS = {
  /** Bytes of a file, xlsx or CSV. */
  fileBytes: 16 * 1024 * 1024,
  /** Files inside a workbook. Excel writes a dozen and one per sheet. */
  archiveEntries: 500,
  /** Bytes all files inside a workbook have together when they are unpacked. */
  inflatedBytes: 100 * 1024 * 1024,
  /** How many times its packed size a file inside a workbook may have. Tables of 10,000 rows come to about 25. */
  inflateRatio: 100,
  /** Files inside a workbook that are smaller may have any ratio: short XML repeats itself. */
  ratioFreeBytes: 1024 * 1024,
  /** Sheets of a workbook. */
  sheets: 100,
  /** Number of the last row that may exist: a full table of 10,000 rows with its headers, or a hundred small ones. */
  rows: 10_100,
  /** Columns in which a value may stand. */
  columns: 512,
  /** Cells of a workbook, empty ones included. */
  cells: 1_000_000,
  /** Merged areas of a sheet. */
  merges: 10_000,
  /** Characters of one text: a spreadsheet cuts off what is longer. */
  cellCharacters: 32_767,
} as const;
