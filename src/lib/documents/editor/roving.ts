/** One stop for Tab in a row of controls; arrows, Home and End move inside it. */
export function moveFocus(row: HTMLElement): () => void {
	const controls = () =>
		[...row.querySelectorAll<HTMLElement>('button, select')].filter(
			(control) => !control.matches(':disabled')
		);
	const stopAt = (chosen: HTMLElement | undefined) => {
		for (const control of controls()) control.tabIndex = control === chosen ? 0 : -1;
	};
	const keepOne = () => {
		const all = controls();
		if (!all.some((control) => control.tabIndex === 0)) stopAt(all[0]);
	};
	const onkeydown = (event: KeyboardEvent) => {
		const all = controls();
		const at = all.indexOf(event.target as HTMLElement);
		const steps: Record<string, number> = {
			ArrowRight: (at + 1) % all.length,
			ArrowLeft: (at - 1 + all.length) % all.length,
			Home: 0,
			End: all.length - 1
		};
		const next = steps[event.key];
		if (at < 0 || next === undefined) return;
		event.preventDefault();
		all[next]!.focus();
	};
	const onfocusin = (event: FocusEvent) => stopAt(event.target as HTMLElement);
	row.addEventListener('keydown', onkeydown);
	row.addEventListener('focusin', onfocusin);
	// Tools come and go with what the caret is in, so there must be a stop again afterwards.
	const watcher = new MutationObserver(keepOne);
	watcher.observe(row, { childList: true, subtree: true, attributeFilter: ['disabled'] });
	keepOne();
	return () => {
		watcher.disconnect();
		row.removeEventListener('keydown', onkeydown);
		row.removeEventListener('focusin', onfocusin);
	};
}
