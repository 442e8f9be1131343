function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row.push(Math.min(row[j - 1] + 1, previous[j] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    previous = row;
  }
  return previous[b.length];
}

/** The word that was probably meant, if one is near enough. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const short = word.slice(0, 64);
  const ranked = candidates.map((candidate) => ({ candidate, far: distance(short, candidate) })).sort((a, b) => a.far - b.far);
  return ranked.length > 0 && ranked[0].far <= Math.max(2, Math.floor(short.length / 3)) ? ranked[0].candidate : undefined;
}
