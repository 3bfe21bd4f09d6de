#pragma once

#include <string_view>

namespace email {

/// True if parsing `html` as browsers do could take more than a moment: the parser's work grows
/// with the square of the nesting, and formatting elements left open are opened again in every
/// block. Judged from the tags alone, always on the safe side.
bool is_costly_html(std::string_view html);

}  // namespace email
