--- Unsaved text goes to the server a moment after it was typed, so that answers about other files see it too.
--- The server keeps it for this editor alone, and drops it when the buffer is written or closed.
local M = {}

local config = require("remora.config")
local host = require("remora.host")
local selection = require("remora.selection")

local QUIET_MS = 500
local MOST_BYTES = 2e6

local sent = {} ---@type table<integer, { path: string, tick: integer }> buffer -> what the server holds
local waiting = {} ---@type table<integer, uv.uv_timer_t> buffer -> the timer of its next sending
local unwanted = {} ---@type table<string, boolean> endings of names whose language the server does not know
local left_out = {} ---@type table<string, boolean> paths whose text a rule of the graph's leaves out, until it is written
local group = vim.api.nvim_create_augroup("remora.overlay", {})

local function ending(path)
  return path:match("%.[^./]*$") or vim.fs.basename(path)
end

local function ask(params)
  host.request("overlay", vim.tbl_extend("force", { root = config.get().root }, params), function(err, answer)
    if not err and not answer.wanted then
      unwanted[ending(params.path)] = true
    elseif not err and answer.left_out then
      left_out[params.path] = true
    end
  end)
end

local function drop(buf)
  local known = sent[buf]
  sent[buf] = nil
  if known and host.is_running() then
    ask({ path = known.path })
  end
end

local function is_ours(buf)
  local name = vim.api.nvim_buf_get_name(buf)
  return vim.api.nvim_buf_is_loaded(buf)
    and not unwanted[ending(name)]
    and not left_out[name]
    and not selection.no_file(buf)
    and vim.api.nvim_buf_get_offset(buf, vim.api.nvim_buf_line_count(buf)) <= MOST_BYTES
end

local function quiet(buf)
  local timer = waiting[buf]
  waiting[buf] = nil
  if timer and not timer:is_closing() then
    timer:close()
  end
end

local function send(buf)
  quiet(buf)
  if not vim.api.nvim_buf_is_valid(buf) or not is_ours(buf) then
    return
  elseif not vim.bo[buf].modified then
    return drop(buf)
  end
  local path, tick = vim.api.nvim_buf_get_name(buf), vim.api.nvim_buf_get_changedtick(buf)
  if sent[buf] and sent[buf].tick == tick and sent[buf].path == path then
    return
  end
  sent[buf] = { path = path, tick = tick }
  ask({ path = path, text = selection.text(buf), changedtick = tick })
end

--- At most one sending in QUIET_MS for each buffer, and one after the last change.
local function later(buf)
  if not waiting[buf] and host.is_running() then
    waiting[buf] = vim.defer_fn(function()
      if host.is_running() then
        send(buf)
      end
    end, QUIET_MS)
  end
end

--- Send at once what waits: a question is about to be asked, which starts Python where it does not run.
function M.flush()
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buf) and (vim.bo[buf].modified or sent[buf]) then
      send(buf)
    end
  end
end

--- The server that held the texts is gone.
function M.forget()
  sent = {}
end

--- Follow the buffers from now on.
function M.follow()
  vim.api.nvim_create_autocmd({ "TextChanged", "TextChangedI", "TextChangedP" }, {
    group = group,
    callback = function(args)
      later(args.buf)
    end,
  })
  vim.api.nvim_create_autocmd({ "BufWritePost", "BufReadPost" }, {
    group = group,
    callback = function(args)
      left_out[vim.api.nvim_buf_get_name(args.buf)] = nil
      if host.is_running() then
        send(args.buf)
      end
    end,
  })
  vim.api.nvim_create_autocmd("BufUnload", {
    group = group,
    callback = function(args)
      quiet(args.buf)
      drop(args.buf)
    end,
  })
end

return M
