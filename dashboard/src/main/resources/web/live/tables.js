/** A table that ships with the product, row by row by column name; the lines of # before it name its source. */
export async function table(name) {
  const response = await fetch(`tables/${name}.csv`);
  if (!response.ok) throw new Error(`the table ${name} cannot be read: ${response.status}`);
  return parse(await response.text());
}

/** Cells hold neither commas nor quotes. */
function parse(text) {
  const lines = text.split("\n").filter((line) => line.trim() && !line.startsWith("#"));
  const [header, ...rows] = lines.map((line) => line.split(",").map((cell) => cell.trim()));
  return rows.map((cells) => Object.fromEntries(header.map((column, i) => [column, cells[i]])));
}
