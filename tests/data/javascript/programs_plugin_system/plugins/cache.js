"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = void 0;
class Cache { static install(app) { app.provide('cache', create); } }
function create() { return new Map(); }
exports.default = Cache;
