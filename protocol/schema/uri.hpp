#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace schema {

/// `reference` resolved against the absolute URI `base` (RFC 3986, section 5.2). Never fails: what
/// is no URI comes out as some text that names nothing.
std::string resolve_uri(std::string_view base, std::string_view reference);

/// Before and behind the first '#'; the second is percent-decoded.
std::pair<std::string, std::string> split_fragment(std::string_view uri);

}  // namespace schema
