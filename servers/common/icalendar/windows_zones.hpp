#pragma once

#include <string_view>

namespace icalendar {

/// The IANA zone of a Windows zone name ("Central European Standard Time"), as Outlook writes it;
/// empty if it is none.
std::string_view iana_of_windows(std::string_view name);

}  // namespace icalendar
