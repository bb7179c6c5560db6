import { text } from "./text.js";

const form = document.getElementById("sign-in");
const token = document.getElementById("token");
const said = form.querySelector(".said");

form.querySelector("label").textContent = text.signIn.token;
form.querySelector("button").textContent = text.signIn.enter;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = "";
  const answer = await fetch("api/v1/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token: token.value.trim() }),
  }).catch(() => null);
  if (answer?.ok) {
    location.replace(`./${location.search}`);
  } else {
    said.textContent = answer?.status === 401 ? text.signIn.wrong : text.signIn.unavailable;
    token.select();
  }
});
