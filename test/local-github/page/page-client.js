// The script of the local GitHub's pages: does to the DOM what GitHub's React does, as far as an
// extension can notice. It hydrates task lists, re-renders after every change on the server, navigates
// softly, edits, ticks. Where React would throw because somebody moved or wrapped its nodes, the error
// goes to `window.__githubErrors`, for tests to look at.
(() => {
  const POLL_MS = 150;
  const errors = [];
  Object.defineProperty(window, '__githubErrors', { value: errors });
  window.addEventListener('error', (event) => errors.push(String(event.message)));

  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fire = (type) => document.dispatchEvent(new CustomEvent(type, { bubbles: true }));
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const htmlAttributes = new Map(
    [...document.documentElement.attributes].map((a) => [a.name, a.value]),
  );

  const BODY_BOX =
    '[data-testid="issue-body-viewer"] [data-testid="markdown-body"] > .markdown-body';
  const reactRoot = () => one('[data-target="react-app.reactRoot"]');
  const bodyBox = () => one(BODY_BOX);

  let state = JSON.parse(one('meta[name="local-github-state"]').content);
  /** The last server HTML of the body, to tell whether it changed. */
  let bodyServerHtml = bodyBox()?.innerHTML ?? '';
  /** Parts that React draws anew when it hydrates: what an extension put there before is gone. */
  const drawnAnew = [
    '[data-component="PH_Actions"]',
    '[data-testid="issue-viewer-metadata-pane"]',
  ].map((selector) => [selector, one(selector)?.innerHTML]);
  /** [parent, node] pairs that React believes it owns. */
  let owned = [];
  /** Stops what belongs to a view that has been left. */
  let generation = 0;

  // --- What React owns -----------------------------------------------------------------------------

  function own() {
    const root = reactRoot();
    owned = root ? all('*', root).map((node) => [node.parentNode, node]) : [];
  }

  /** Unmounts as React does: it takes each node from the parent it gave it to. */
  function checkOwnership(within) {
    for (const [parent, node] of owned) {
      if (!within.contains(parent) && !within.contains(node)) continue;
      if (node.parentNode === parent) continue;
      try {
        parent.removeChild(node);
      } catch (error) {
        errors.push(`${error.name}: ${error.message} (${nameOf(node)})`);
      }
    }
  }

  function nameOf(node) {
    return `${node.tagName.toLowerCase()}.${node.className}`;
  }

  // --- Hydration -----------------------------------------------------------------------------------

  /** Rebuilds each outermost task list into one li around all rows, nested ones included. */
  function hydrate() {
    const box = bodyBox();
    if (!box) return;
    let boxes = 0;
    all('.contains-task-list', box)
      .filter((list) => !list.parentElement.closest('.contains-task-list'))
      .forEach((list, group) => {
        const rows = [];
        collectRows(list, 0, (item, level) => {
          const row = rowElement(item, level, group, rows.length, boxes);
          if (item.input) boxes += 1;
          rows.push(row);
        });
        list.replaceChildren(listItemAround(rows, group));
      });
    one('react-app')?.classList.add('loaded');
    own();
  }

  function collectRows(list, level, add) {
    for (const item of [...list.children]) {
      const input = one(':scope > input, :scope > p:first-child > input', item);
      const nested = all(':scope > .contains-task-list', item);
      for (const inner of nested) inner.remove();
      const checked = input?.checked ?? false;
      input?.remove();
      add({ input, checked, content: [...item.childNodes], text: plainText(item) }, level);
      for (const inner of nested) collectRows(inner, level + 1, add);
    }
  }

  /** The item's text with references as they were written, not unfurled. */
  function plainText(item) {
    const copy = item.cloneNode(true);
    for (const reference of all('.reference', copy))
      reference.replaceWith(one('.issue-shorthand', reference).textContent);
    return copy.textContent.trim();
  }

  function element(tag, className, attributes = {}, children = []) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  function rowElement(item, level, group, index, boxNumber) {
    const html = element('div', 'TaskListItem-module__task-list-html__wqNZG', {}, item.content);
    trimStart(html);
    const inner = item.input
      ? taskElement(item, html, group, index, boxNumber)
      : element('div', '', { 'data-testid': `tasklist-item-${group}-${index}` }, [
          ...html.childNodes,
        ]);
    const indent = element(
      'div',
      'position-relative',
      { style: `margin-left: ${level * 20}px; margin-right: -8px;` },
      [inner],
    );
    return element(
      'div',
      'position-relative TaskListItems-module__task-list-item__h6l0P',
      { style: 'transform: none;' },
      [indent],
    );
  }

  function taskElement(item, html, group, index, boxNumber) {
    const input = element('input', '', {
      type: 'checkbox',
      'data-component': 'Checkbox',
      'aria-required': 'false',
      'aria-invalid': 'false',
      'aria-label': `${item.text} checklist item`,
      'aria-checked': String(item.checked),
    });
    input.checked = item.checked;
    input.disabled = !state.canEdit;
    const disabled = state.canEdit ? '' : ' TaskListItem-module__disabled__oIAG1';
    return element(
      'div',
      `TaskListItem-module__task-list-item__nf0LI${disabled}`,
      { 'data-testid': `tasklist-item-${group}-${index}` },
      [
        element('div', 'TaskListItem-module__left-aligned-content__Pwb_R', {}, [
          element(
            'div',
            'TaskListItem-module__drag-drop-container__sq_g1',
            {},
            state.canEdit ? [dragHandle(group)] : [],
          ),
          element(
            'div',
            'TaskListItem-module__checkbox-items__v4LMp',
            { id: `checkbox-item-${boxNumber}` },
            [input, html],
          ),
        ]),
        element(
          'div',
          'TaskListItem-module__TaskListItemActionsContainer__YAHNS',
          {},
          state.canEdit ? [itemMenu(item.text)] : [],
        ),
      ],
    );
  }

  function dragHandle(group) {
    const attributes = {
      type: 'button',
      'aria-label': 'Drag to reorder',
      'aria-roledescription': 'sortable',
      'aria-describedby': `DndDescribedBy-${group}`,
    };
    return element('button', '', attributes, ['⠿']);
  }

  function itemMenu(text) {
    const attributes = {
      type: 'button',
      'data-component': 'IconButton',
      'aria-haspopup': 'true',
      'aria-expanded': 'false',
      'aria-label': `Open ${text} task options`,
    };
    return element('button', '', attributes, ['⋯']);
  }

  function trimStart(node) {
    const first = node.firstChild;
    if (first?.nodeType === Node.TEXT_NODE) first.textContent = first.textContent.trimStart();
    const last = node.lastChild;
    if (last?.nodeType === Node.TEXT_NODE) last.textContent = last.textContent.trimEnd();
  }

  function listItemAround(rows, group) {
    return element('li', '', {}, [
      element(
        'div',
        'DragAndDropContainer-module__container__zvZfn',
        { style: 'margin-top: 1px;' },
        [element('div', '', {}, rows)],
      ),
      element('div', '', { id: `DndDescribedBy-${group}`, style: 'display: none;' }, [
        'To pick up a draggable item, press the space bar.',
      ]),
      element('div', '', {
        id: `DndLiveRegion-${group}`,
        role: 'status',
        'aria-live': 'assertive',
        'aria-atomic': 'true',
        style:
          'position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(100%);',
      }),
    ]);
  }

  async function mount() {
    const mine = ++generation;
    own();
    await wait(state.hydrateDelayMs);
    if (mine !== generation) return;
    for (const [selector, html] of drawnAnew) {
      const node = one(selector);
      if (node && html !== undefined) node.innerHTML = html;
    }
    if (state.kind === 'issue') hydrate();
    else one('react-app')?.classList.add('loaded');
    void poll(mine);
  }

  // --- Live updates --------------------------------------------------------------------------------

  async function poll(mine) {
    while (mine === generation) {
      await wait(POLL_MS);
      if (state.kind !== 'issue' || isEditing()) continue;
      await refresh(mine).catch(() => undefined);
    }
  }

  /** Asks whether the issue changed since this view was drawn and draws what did. */
  async function refresh(mine = generation) {
    const path = `/${state.repo}/issues/${state.number}`;
    const query = new URLSearchParams({ path, version: String(state.version) });
    const response = await fetch(`/_local/view?${query}`);
    if (response.status !== 200) return;
    const view = await response.json();
    if (mine === generation && !isEditing()) rerender(view);
  }

  function rerender(view) {
    const next = new DOMParser().parseFromString(view.root, 'text/html');
    state = view.state;
    document.title = view.title;
    rerenderHeader(next);
    for (const selector of [
      '[data-testid="issue-metadata-fixed"]',
      '[data-testid="issue-metadata-sticky"]',
      '[data-testid="issue-timeline-container"]',
      '[data-testid="issue-viewer-metadata-pane"]',
    ])
      replaceContent(selector, next);
    const action = one('[data-local-action="toggle-state"]');
    const nextAction = one('[data-local-action="toggle-state"]', next);
    if (action && nextAction) action.replaceChildren(...nextAction.childNodes);
    const html = one(BODY_BOX, next)?.innerHTML ?? '';
    if (html !== bodyServerHtml) rerenderBody(html);
    else own();
  }

  /** React draws the header's actions anew: what an extension put among them is gone. */
  function rerenderHeader(next) {
    const actions = one('[data-component="PH_Actions"]');
    const nextActions = one('[data-component="PH_Actions"]', next);
    const title = one('[data-testid="issue-title"]');
    const nextTitle = one('[data-testid="issue-title"]', next);
    if (actions && nextActions) {
      checkOwnership(actions);
      actions.replaceChildren(...nextActions.childNodes);
    }
    if (title && nextTitle && title.textContent !== nextTitle.textContent)
      title.textContent = nextTitle.textContent;
  }

  function replaceContent(selector, next) {
    const node = one(selector);
    const nextNode = one(selector, next);
    if (node && nextNode && node.innerHTML !== nextNode.innerHTML)
      node.replaceChildren(...nextNode.childNodes);
  }

  function rerenderBody(html) {
    const box = bodyBox();
    if (!box) return;
    checkOwnership(box);
    bodyServerHtml = html;
    box.innerHTML = html;
    hydrate();
  }

  // --- Soft navigation -----------------------------------------------------------------------------

  function softPath(anchor, event) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return null;
    if (!anchor || anchor.target === '_blank' || anchor.hash) return null;
    const url = new URL(anchor.href, location.href);
    if (url.origin !== location.origin) return null;
    return /^\/[^/]+\/[^/]+\/issues(\/\d+)?$/.test(url.pathname) ? url.pathname : null;
  }

  /** The URL changes first; the old issue's DOM stands until the new one is there. */
  async function softNavigate(path, push) {
    generation += 1;
    const mine = generation;
    fire('soft-nav:start');
    if (push) history.pushState({}, '', path);
    fire('soft-nav:payload');
    const [response] = await Promise.all([
      fetch(`/_local/view?${new URLSearchParams({ path })}`),
      wait(state.softNavigationDelayMs),
    ]);
    if (mine !== generation) return;
    if (response.status !== 200 || response.redirected) {
      location.assign(path);
      return;
    }
    const view = await response.json();
    resetHtmlAttributes();
    const root = reactRoot();
    checkOwnership(root);
    one('react-app')?.classList.remove('loaded');
    root.innerHTML = view.root;
    document.title = view.title;
    state = view.state;
    bodyServerHtml = bodyBox()?.innerHTML ?? '';
    // Rendered on the client, so rows are there at once.
    hydrate();
    fire('soft-nav:react-done');
    fire('soft-nav:end');
    void poll(mine);
  }

  /** GitHub's navigation drops attributes of html that it did not put there. */
  function resetHtmlAttributes() {
    const html = document.documentElement;
    for (const { name } of [...html.attributes])
      if (!htmlAttributes.has(name)) html.removeAttribute(name);
    for (const [name, value] of htmlAttributes) html.setAttribute(name, value);
  }

  // --- A person's own acts -------------------------------------------------------------------------

  async function act(action) {
    const { repo, number } = state;
    const response = await fetch('/_local/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ repo, number, ...action }),
    });
    if (!response.ok) errors.push(`act ${action.do}: ${response.status}`);
    await refresh();
  }

  const isEditing = () => one('[class^="MarkdownEditor-module__container"]') !== null;

  function primerButton(text, variant, onClick) {
    const label = element('span', 'prc-Button-Label-FWkx3', { 'data-component': 'text' }, [text]);
    const content = element(
      'span',
      'prc-Button-ButtonContent-HKbr-',
      { 'data-component': 'buttonContent' },
      [label],
    );
    const node = element(
      'button',
      'prc-Button-ButtonBase-9n-Xk',
      { type: 'button', 'data-variant': variant },
      [content],
    );
    node.addEventListener('click', onClick);
    return node;
  }

  /** Edit mode: the viewer gives way to the editor until Save or Cancel. */
  function openEditor() {
    const viewer = one('[data-testid="issue-body-viewer"]');
    if (!viewer || isEditing()) return;
    const textarea = element('textarea', '', { 'aria-label': 'Markdown value' });
    textarea.value = state.body;
    const close = () => editor.replaceWith(viewer);
    const editor = element('div', 'MarkdownEditor-module__container__Cd5yO', {}, [
      element('div', 'MarkdownInput-module__textArea__Yk3nE', {}, [textarea]),
      element('div', 'button-row', {}, [
        primerButton('Cancel', 'default', () => {
          close();
          rerenderBody(bodyServerHtml);
        }),
        primerButton('Save', 'primary', () => {
          // A form field gives line feeds; GitHub's editor stores carriage returns with them.
          const body = textarea.value.replace(/\r?\n/g, '\r\n');
          close();
          void act({ do: 'edit', body });
        }),
      ]),
    ]);
    viewer.replaceWith(editor);
    textarea.focus();
  }

  function toggleBodyMenu(button) {
    const open = one('.menu', button.parentElement);
    if (open) return closeMenu();
    const edit = element('button', 'menu-item', { type: 'button', role: 'menuitem' }, ['Edit']);
    edit.addEventListener('click', () => {
      closeMenu();
      openEditor();
    });
    button.setAttribute('aria-expanded', 'true');
    button.after(element('div', 'menu', { role: 'menu' }, state.canEdit ? [edit] : []));
    return undefined;
  }

  function closeMenu() {
    one('.menu')?.remove();
    one('[aria-label="Issue body actions"]')?.setAttribute('aria-expanded', 'false');
  }

  function editTitle() {
    const heading = one('[data-component="PH_Title"]');
    if (!heading || heading.hidden) return;
    const input = element('input', '', { type: 'text', 'aria-label': 'Issue title' });
    input.value = one('[data-testid="issue-title"]').textContent;
    const close = () => {
      form.remove();
      heading.hidden = false;
    };
    const form = element('div', 'button-row', {}, [
      input,
      primerButton('Cancel', 'default', close),
      primerButton('Save', 'primary', () => {
        close();
        void act({ do: 'edit', title: input.value });
      }),
    ]);
    heading.hidden = true;
    heading.after(form);
    input.focus();
  }

  function comment() {
    const textarea = one('#react-issue-comment-composer textarea');
    const body = textarea.value.replace(/\r?\n/g, '\r\n');
    if (body.trim() === '') return;
    textarea.value = '';
    void act({ do: 'comment', body });
  }

  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.defaultPrevented) return;
    const path = softPath(event.target.closest('a[href]'), event);
    if (path) {
      event.preventDefault();
      void softNavigate(path, true);
      return;
    }
    const button = event.target.closest('button');
    if (button?.getAttribute('aria-label') === 'Issue body actions') toggleBodyMenu(button);
    else if (!event.target.closest('.menu')) closeMenu();
    if (button?.dataset.testid === 'edit-issue-title-button') editTitle();
    if (button?.dataset.localAction === 'comment') comment();
    if (button?.dataset.localAction === 'toggle-state')
      void act({ do: 'state', state: state.open ? 'closed' : 'open' });
  });

  document.addEventListener('change', (event) => {
    const boxes = all('input[data-component="Checkbox"]', bodyBox() ?? document.createElement('i'));
    const index = boxes.indexOf(event.target);
    if (index < 0) return;
    event.target.setAttribute('aria-checked', String(event.target.checked));
    void act({ do: 'tick', index, checked: event.target.checked });
  });

  window.addEventListener('popstate', () => {
    const { pathname } = location;
    if (/^\/[^/]+\/[^/]+\/issues(\/\d+)?$/.test(pathname)) void softNavigate(pathname, false);
    else location.reload();
  });

  void mount();
})();
