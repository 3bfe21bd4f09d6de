#pragma once

#include <optional>
#include <string_view>

#include "protocol/jsonrpc/message.hpp"

namespace jsonrpc {

/// What the first bytes tell of a message that is too long to be read whole.
struct Beginning {
  std::optional<Id> id{};  ///< If it stands there, whole.
  bool may_answer{};  ///< Looks like a response: an object, so far without a method, or a batch.
};

Beginning read_beginning(std::string_view bytes);

}  // namespace jsonrpc
