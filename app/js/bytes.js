// Asks the server for bytes; `app/src/js/bytes.rs` is the typed binding.

/** The answer's bytes, or throws what the server said. */
export async function post(url, json) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/octet-stream" },
    body: json,
  });
  if (!answer.ok) throw await answer.text();
  return new Uint8Array(await answer.arrayBuffer());
}
