/** Gives the reader a file. */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** rows: arrays of values; null becomes an empty cell. Times and ids are written as they are. */
export function saveCsv(rows, name) {
  const lines = rows.map((row) => row.map(cell).join(","));
  save(new Blob([`${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" }), `${fileName(name)}.csv`);
}

/** A picture of canvases below each other, on the page's ground, each with a line of words above it. */
export function savePng(parts, name, { ground, ink }) {
  const line = 22 * devicePixelRatio;
  const width = Math.max(...parts.map(({ canvas }) => canvas.width));
  const height = parts.reduce((sum, { canvas }) => sum + canvas.height + line, 0);
  const picture = document.createElement("canvas");
  picture.width = width;
  picture.height = height;
  const pen = picture.getContext("2d");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = ink;
  pen.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  pen.textBaseline = "middle";
  let y = 0;
  for (const { canvas, words } of parts) {
    pen.fillText(words, 6 * devicePixelRatio, y + line / 2);
    pen.drawImage(canvas, 0, y + line);
    y += canvas.height + line;
  }
  picture.toBlob((blob) => save(blob, `${fileName(name)}.png`));
}

/** A leading =, +, - or @ would be a formula in a spreadsheet. */
function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const words = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
}

const fileName = (name) => name.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80);
