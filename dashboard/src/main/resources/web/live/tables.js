/** A table that ships with the product: its rows by column name, and its source, which the lines of # before them name. */
export async function table(name) {
  const response = await fetch(`tables/${name}.csv`);
  if (!response.ok) throw new Error(`the table ${name} cannot be read: ${response.status}`);
  return parse(await response.text());
}

/** Cells hold neither commas nor quotes. */
function parse(text) {
  const written = text.split("\n").filter((line) => line.trim());
  const about = written.filter((line) => line.startsWith("#")).map((line) => line.slice(1).trim());
  const lines = written.filter((line) => !line.startsWith("#"));
  const [header, ...rows] = lines.map((line) => line.split(",").map((cell) => cell.trim()));
  return {
    rows: rows.map((cells) => Object.fromEntries(header.map((column, i) => [column, cells[i]]))),
    source: about.join(" "),
  };
}
