/** Text as HTML: nothing in it can begin a tag, an entity or end an attribute. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** An attribute with its value, with a space before it; nothing when there is no value. */
export function attribute(name: string, value: string | number | undefined): string {
	return value === undefined ? '' : ` ${name}="${escapeHtml(String(value))}"`;
}
