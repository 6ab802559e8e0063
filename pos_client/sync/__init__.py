"""The national interface (定点医药机构接口规范): messages, transport, and what becomes of a message that got lost.

National abbreviations (psn_no, setlinfo …) appear only in this package.
"""
