--- :RemoraSummarize: a line for each function, class, method and type of a buffer, beside its text. Rules make lines at
--- once; where they are not sure the server asks the model, and its lines take their places as they come.
local M = {}

local config = require("remora.config")
local lines = require("remora.lines")
local notice = require("remora.notice")
local summarizing = require("remora.summarizing")
local ui = require("remora.ui.lines")

local USER = "summary"

---@class remora.Shown
---@field only? table<string, boolean> keys of the nodes that are shown; nil: all
---@field wanted? fun(known: remora.Lines) what to do when the first answer is there
---@field is_behind? boolean the text changed while lines were made
---@field is_typed_in? boolean the model is to be asked when Insert mode ends
---@field is_looked_at? boolean whether it was said when nothing is there to be shown
---@field is_resting? boolean the model could not be asked, so typing does not ask it again

local shown = {} ---@type table<integer, remora.Shown>
local group = vim.api.nvim_create_augroup("remora.summary", {})

--- The file's own line stands in the outline only.
local function is_inside(item)
  return item.level > 0
end

local function summary_params(extra)
  local options = config.get()
  return vim.tbl_extend("force", {
    root = options.root,
    engine = options.engine,
    model = options.model,
    mode = options.summary.mode,
    threshold = options.summary.threshold,
    max_llm = options.summary.max_llm,
  }, extra)
end

--- Have lines of `buf` made: those of `keys`, or all.
local function make(buf, extra)
  local view = shown[buf]
  summarizing.stop(buf)
  view.is_resting = false
  summarizing.start(summary_params(vim.tbl_extend("force", { path = vim.api.nvim_buf_get_name(buf) }, extra)), {
    buf = buf,
    on_rows = function()
      lines.refresh(buf)
    end,
    on_end = function(is_whole)
      view.is_resting = not is_whole
      lines.refresh(buf, is_whole and view.is_behind)
      view.is_behind = false
    end,
  })
end

--- Whether the model has something to do.
local function is_wanting(known, view)
  local mode = config.get().summary.mode
  local least = mode == "llm" and math.huge or known.threshold
  return mode ~= "rule"
    and vim.iter(known.items):any(function(item)
      local counts = is_inside(item) and (not view.only or view.only[item.key])
      return counts and (item.stale or item.provenance == "rule_based" and (item.confidence or 0) < least)
    end)
end

local function keys_of(view)
  return view.only and vim.tbl_keys(view.only) or nil
end

--- A text was read for the first time.
local function fresh(known)
  local view = shown[known.buf]
  if not view.is_looked_at and not vim.iter(known.items):any(is_inside) then
    notice.warn("no function, class or type stands in this buffer yet.")
  end
  view.is_looked_at = true
  local wanted = view.wanted
  view.wanted = nil
  if wanted then
    wanted(known)
  elseif not view.is_resting and is_wanting(known, view) then
    if summarizing.of(known.buf) then
      view.is_behind = true
    elseif vim.fn.mode():find("^[iR]") and vim.api.nvim_get_current_buf() == known.buf then
      view.is_typed_in = true -- no model is asked about half a function
    else
      make(known.buf, { keys = keys_of(view) })
    end
  end
end

local function draw(known, touched)
  local view = shown[known.buf]
  if known.why then
    M.hide(known.buf)
    return notice.warn(known.why)
  end
  ui.draw(known, config.get(), view.only, touched)
end

--- Lines are cut to the window's width.
local function follow_windows()
  if #vim.api.nvim_get_autocmds({ group = group }) > 0 then
    return
  end
  local function again()
    for buf in pairs(shown) do
      local known = lines.of(buf)
      if known and known.is_read and vim.fn.bufwinid(buf) ~= -1 then
        draw(known)
      end
    end
  end
  vim.api.nvim_create_autocmd({ "WinResized", "VimResized", "BufWinEnter" }, { group = group, callback = again })
  vim.api.nvim_create_autocmd("InsertLeave", {
    group = group,
    callback = function(args)
      local view = shown[args.buf]
      if view and view.is_typed_in then
        view.is_typed_in = false
        lines.refresh(args.buf, true)
      end
    end,
  })
  vim.api.nvim_create_autocmd("BufWipeout", {
    group = group,
    callback = function(args)
      shown[args.buf] = nil
      summarizing.stop(args.buf)
    end,
  })
end

--- Show lines in `buf`.
---@param buf integer
---@param wanted? fun(known: remora.Lines)
local function show(buf, wanted)
  local refusal = lines.refusal(buf)
  if refusal then
    return notice.error(refusal)
  end
  shown[buf] = shown[buf] or {}
  shown[buf].wanted = wanted
  follow_windows()
  lines.use(buf, USER, { draw = draw, fresh = fresh })
end

--- Hide them.
---@param buf integer
function M.hide(buf)
  if shown[buf] then
    shown[buf] = nil
    lines.leave(buf, USER)
    summarizing.stop(buf)
    ui.clear(buf)
  end
end

--- Nodes that stand in rows [first, last] whole; or else the innermost around them.
local function within(known, first, last)
  local whole = vim.tbl_filter(function(item)
    local at = lines.place(known.buf, item)
    return is_inside(item) and at.row >= first and at.end_row - 1 <= last
  end, known.items)
  return #whole > 0 and whole
    or vim.tbl_filter(function(item)
      return is_inside(item)
    end, lines.among(known, first, last))
end

--- Show the lines of `items` beside those that are shown, and have them made.
local function add(known, items, is_whole, is_remade)
  local view, keys = shown[known.buf], {}
  view.only = not is_whole and (view.only or {}) or nil
  for _, item in ipairs(items) do
    keys[#keys + 1] = item.key
    if view.only then
      view.only[item.key] = true
    end
  end
  draw(known)
  if #keys == 0 then
    return notice.warn("no function, class or type stands there; select one, or leave the range out for all.")
  end
  make(known.buf, { keys = keys, overwrite = is_remade or nil })
end

local function of_range(buf, first, last, is_remade)
  local is_whole = shown[buf] and not shown[buf].only or false
  if not shown[buf] then
    shown[buf] = { only = {} }
  end
  show(buf, function(known)
    add(known, within(known, first, last), is_whole, is_remade)
  end)
end

--- A node of another file is summarised, and shown with its line.
local function of_key(buf, key, is_remade)
  require("remora.graph").find(key, function(node)
    if node.path == "" then
      return notice.warn(("%s is outside the workspace, so no line is made of it."):format(node.key))
    end
    local file = vim.fs.joinpath(node.root, node.path)
    if vim.api.nvim_buf_is_loaded(buf) and vim.api.nvim_buf_get_name(buf) == file then
      return of_range(buf, node.row, node.row, is_remade)
    end
    summarizing.start(summary_params({ path = file, keys = { node.key }, overwrite = is_remade or nil }), {
      on_rows = function() end,
      on_end = function(is_whole)
        if is_whole then
          require("remora.graph").node(node.key)
        end
      end,
    })
  end)
end

--- :RemoraSummarize
---@param words string "off", the key of a node, or nothing: the buffer
---@param range? integer[] first and last line, 1-based, inclusive
---@param is_remade boolean whether lines that are there are made again
function M.run(words, range, is_remade)
  local buf = vim.api.nvim_get_current_buf()
  if words == "off" then
    M.hide(buf)
  elseif words ~= "" then
    of_key(buf, words, is_remade)
  elseif range then
    of_range(buf, range[1] - 1, range[2] - 1, is_remade)
  elseif is_remade then
    show(buf, function()
      make(buf, { keys = keys_of(shown[buf]), overwrite = true })
    end)
  elseif shown[buf] and not shown[buf].only then
    M.hide(buf)
  else
    shown[buf] = nil
    show(buf)
  end
end

return M
