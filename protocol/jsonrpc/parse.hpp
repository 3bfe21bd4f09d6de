#pragma once

#include <cstddef>
#include <string_view>

#include "protocol/jsonrpc/message.hpp"

namespace jsonrpc {

constexpr std::size_t kDepthMax =
    128;  ///< Arrays and objects inside each other, the envelope counted.
constexpr std::size_t kBatchMax = 1000;  ///< Messages of one batch.

/// Reads one message or one batch. Never throws for what the bytes hold: everything that is not a
/// message becomes Malformed. Of duplicate keys the last one counts; `"params": null` is no params.
Parsed parse(std::string_view bytes);

}  // namespace jsonrpc
