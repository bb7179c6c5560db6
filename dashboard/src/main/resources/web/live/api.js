import { keep, token } from "./operator.js";

/** Reads a JSON document of our own API; a failure carries the problem document's words. */
export function get(path, parameters = {}, signal) {
  const query = new URLSearchParams(parameters).toString();
  return ask(`${path}${query ? `?${query}` : ""}`, { signal });
}

/** Asks for a change, as the operator whose token is kept. */
export async function change(method, path, body) {
  try {
    return await ask(path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { "Content-Type": "application/json" },
    });
  } catch (failure) {
    // A token that is not known is of no use to keep.
    if (failure.status === 401) keep(null);
    throw failure;
  }
}

async function ask(path, { headers = {}, ...options }) {
  const own = token();
  const response = await fetch(`api/v1/${path}`, {
    ...options,
    headers: { Accept: "application/json", ...(own && { Authorization: `Bearer ${own}` }), ...headers },
  });
  if (!response.ok) {
    // Not the operator's token, which the alerting service judges: the viewer's own time is over.
    if (response.status === 401 && response.headers.has("WWW-Authenticate")) location.reload();
    const problem = await response.json().catch(() => ({}));
    throw new ApiError(response.status, problem.detail ?? problem.title ?? response.statusText);
  }
  return response.status === 204 ? null : response.json();
}

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}
