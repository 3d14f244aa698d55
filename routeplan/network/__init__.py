"""What is: the places and links of the network, each number with its source.

model      the rows of every data file as immutable records; the columns are their fields
column     what a field says of its column (unit, range, synonyms) and how a cell becomes a value
tables     bytes of a CSV file -> records and findings
read       a folder -> a Network, by way of a cache
check      runs the rules over a folder; findings, never an exception
rules      one function per rule, with a code; its docstring is what the user reads
"""
