"use strict";
exports.handler = require("../gateway").gatewayByMethod();
