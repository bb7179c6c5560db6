/** Reads a JSON document of our own API; a failure carries the problem document's words. */
export async function get(path, parameters = {}, signal) {
  const query = new URLSearchParams(parameters).toString();
  const response = await fetch(`api/v1/${path}${query ? `?${query}` : ""}`, {
    headers: { Accept: "application/json" },
    signal,
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new ApiError(response.status, problem.detail ?? problem.title ?? response.statusText);
  }
  return response.json();
}

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}
