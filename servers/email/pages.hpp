#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/mcp/handler.hpp"
#include "servers/common/page.hpp"
#include "servers/email/store.hpp"

namespace email {

/// The key of a row for common::Page: sorts as MailStore::list does, the newest last.
std::string key_of(const Message& message);
/// Where a page goes on after a row with this key. Throws common::bad_cursor() for a key that
/// key_of did not make.
std::optional<Position> position_of(std::string_view key);

MessagePage page_of(MailStore& mail, const Filter& filter, const common::PageSpec& spec,
                    const mcp::Call& call);

}  // namespace email
