--- Keys of a review: local to its buffer, gone with it. Off a hunk a key does what it did before, be that the
--- user's own mapping or Neovim's.
local M = {}

local installed = {} ---@type table<integer, fun()[]> buffer -> what undoes each key

local function plug(kind, mode, lhs)
  return ("<Plug>(remora-%s-%s-%s)"):format(kind, mode, lhs:gsub("[<>|]", "_"))
end

local function own_map(buf, mode, lhs)
  return vim.api.nvim_buf_call(buf, function()
    local map = vim.fn.maparg(lhs, mode, false, true)
    return next(map) and map or nil
  end)
end

local function set_map(buf, mode, map)
  vim.api.nvim_buf_call(buf, function()
    vim.fn.mapset(mode, false, map)
  end)
end

--- Give what `lhs` does now the name of a <Plug> key, and return that key.
local function keep(buf, mode, lhs, own)
  local raw, was = plug("key", mode, lhs), plug("was", mode, lhs)
  vim.api.nvim_buf_set_keymap(buf, mode, raw, lhs, { noremap = true })
  if not own then
    return raw, { raw }
  end
  local copy = vim.tbl_extend("force", own, { lhs = was, buffer = 1 })
  copy.lhsraw, copy.lhsrawalt = vim.api.nvim_replace_termcodes(was, true, true, true), nil
  -- `nmap a a...`: Neovim takes the first `a` as the plain key; under another name it would come back to us.
  if own.noremap == 0 and own.rhs and vim.startswith(own.rhs, lhs) then
    copy.rhs = raw .. own.rhs:sub(#lhs + 1)
  end
  set_map(buf, mode, copy)
  return was, { raw, was }
end

local OPERATORS = "dcy<>=!"
local WAIT_MS = 250 -- below this an answer to a key still feels like one
local listener = vim.api.nvim_create_namespace("remora.keys")
local waiting ---@type integer? counts the presses; nil when none waits
local presses = 0

local function forget()
  waiting = nil
  vim.on_key(nil, listener)
end

--- An operator's key: `diw` and `dd` stay what they are. The operator begins; when no key has followed after a moment,
--- it is left again and the key has its meaning for the hunk.
---@param run fun(): string?
local function wait(run)
  presses = presses + 1
  local press = presses
  waiting = press
  vim.on_key(function(_, typed)
    -- The operator's own key comes by before the mode changes.
    if typed ~= "" and vim.fn.mode(1):sub(1, 2) == "no" then
      forget()
    end
  end, listener)
  vim.defer_fn(function()
    if waiting ~= press then
      return
    end
    forget()
    local keys = vim.fn.mode(1):sub(1, 2) == "no" and vim.fn.getchar(1) == 0 and run()
    if keys then
      vim.api.nvim_feedkeys(vim.keycode(keys), "mx", false)
      vim.api.nvim_feedkeys(vim.keycode("<Esc>"), "n", false)
    end
  end, WAIT_MS)
end

---@param buf integer
---@param mode "n"|"x"|"o"
---@param lhs string
---@param run fun(): string? keys for the hunk under the cursor; nil when there is none
---@param desc string
---@param on_hunk fun(): boolean
local function install(buf, mode, lhs, run, desc, on_hunk)
  local own = own_map(buf, mode, lhs)
  local fallback, helpers = keep(buf, mode, lhs, own)
  local is_operator = mode == "n" and #lhs == 1 and OPERATORS:find(lhs, 1, true)
  vim.api.nvim_buf_set_keymap(buf, mode, lhs, "", {
    expr = true,
    replace_keycodes = true,
    desc = "remora: " .. desc,
    callback = function()
      if is_operator and on_hunk() then
        wait(run)
        return plug("key", mode, lhs)
      end
      return run() or fallback
    end,
  })
  return function()
    for _, key in ipairs(vim.list_extend({ lhs }, helpers)) do
      pcall(vim.api.nvim_buf_del_keymap, buf, mode, key)
    end
    if own and own.buffer == 1 then
      set_map(buf, mode, own)
    end
  end
end

--- Map the keys of a review.
---@param buf integer
---@param keys false|table<string, string|false> option `review_keys`
---@param on table<string, fun(): string?> what each key runs
function M.install(buf, keys, on)
  if installed[buf] or not keys then
    return
  end
  local undo = {}
  local function add(mode, name, desc)
    if keys[name] then
      undo[#undo + 1] = install(buf, mode, keys[name], on[name], desc, on.on_hunk)
    end
  end
  add("n", "next", "next hunk")
  add("n", "prev", "previous hunk")
  add("n", "accept", "accept the hunk")
  add("n", "dismiss", "dismiss the hunk")
  add("x", "select", "select the hunk")
  add("o", "select", "select the hunk")
  installed[buf] = undo
end

--- Give the keys back.
---@param buf integer
function M.remove(buf)
  if vim.api.nvim_buf_is_valid(buf) then
    for _, undo in ipairs(installed[buf] or {}) do
      undo()
    end
  end
  installed[buf] = nil
end

return M
