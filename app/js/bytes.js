// Requests with a binary response; `app/src/js/bytes.rs` is the typed binding.

/** Returns the bytes of the response, or throws the text of an error response. */
export async function post(url, json) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/octet-stream" },
    body: json,
  });
  if (!response.ok) throw await response.text();
  return new Uint8Array(await response.arrayBuffer());
}
